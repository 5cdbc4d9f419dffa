#compdef lastack
# Completes the command line of lastack in zsh: source it, or put it as _lastack into a folder of fpath.
_lastack() {
    local -a lines whole open
    local line word meaning
    lines=("${(@f)$("${(Q)words[1]/#\~/$HOME}" complete -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    if [[ $lines[1] == @<-> ]]; then
        # Another program's command line begins at this word.
        shift ${lines[1]#@} words
        ((CURRENT -= ${lines[1]#@}))
        _normal
        return
    fi
    for line in $lines; do
        word=${line%%$'\t'*}
        meaning=${line#*$'\t'}
        line=${word//:/\\:}${meaning:+:$meaning}
        # A value follows directly.
        if [[ $word == *= ]]; then
            open+=("$line")
        else
            whole+=("$line")
        fi
    done
    _describe -V lastack whole -- open -S ''
}

if [[ $funcstack[1] == _lastack ]]; then
    _lastack "$@"
else
    compdef _lastack lastack
fi
