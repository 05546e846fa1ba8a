; electron-builder's NSIS installer includes this file, calls its macros, and defines $appExe, ${PRODUCT_NAME},
; ${APP_PACKAGE_NAME} and ${isUpdated}.

!define START_AT_LOGIN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"

!macro customHeader
  LangString askToDeleteData ${LANG_ENGLISH} "Also delete the API keys, settings and logs of this user? Pages that scan fingers will need a new key."
  LangString askToDeleteData ${LANG_INDONESIAN} "Hapus juga kunci API, setelan, dan log milik pengguna ini? Halaman yang memindai sidik jari akan memerlukan kunci baru."
!macroend

; Starts the app when any user logs in, unless --no-start-at-login is given.
!macro customInstall
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "--no-start-at-login" $R1
  ${If} ${Errors}
    WriteRegStr HKLM "${START_AT_LOGIN_KEY}" "${PRODUCT_NAME}" '"$appExe" --hidden'
  ${Else}
    DeleteRegValue HKLM "${START_AT_LOGIN_KEY}" "${PRODUCT_NAME}"
  ${EndIf}
!macroend

; An update runs the old uninstaller silently. A silent uninstallation keeps the data.
!macro customUnInstall
  DeleteRegValue HKLM "${START_AT_LOGIN_KEY}" "${PRODUCT_NAME}"
  ${IfNot} ${isUpdated}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(askToDeleteData)" /SD IDNO IDNO keepData
    SetShellVarContext current
    RMDir /r "$APPDATA\${APP_PACKAGE_NAME}"
    SetShellVarContext all
    keepData:
  ${EndIf}
!macroend
