# Completes the command line of lastack in bash: source it, or put it where bash-completion finds it.
_lastack() {
    local line=${COMP_LINE:0:COMP_POINT} words=() starts=() quoted= lead= breaks i word

    # bash takes words apart at : and = too; in the line they still hang together.
    for ((i = 0; i <= COMP_CWORD; i++)); do
        if ((i == 0)) || [[ $line == [[:space:]]* ]]; then
            line=${line#"${line%%[![:space:]]*}"}
            words+=("")
            starts+=("$i")
        fi
        word=${COMP_WORDS[i]}
        ((i == COMP_CWORD)) && word=$line
        words[-1]+=$word
        line=${line#"$word"}
    done
    [[ ${words[-1]} == [\'\"]* ]] && quoted=1
    for i in "${!words[@]}"; do
        word=${words[i]//\\/}
        word=${word#[\'\"]}
        words[i]=${word%[\'\"]}
    done

    # What stands before the last break stays on the line.
    breaks=${COMP_WORDBREAKS//[!:=<>]/}
    [[ $breaks && ! $quoted ]] && lead=${words[-1]%"${words[-1]##*[$breaks]}"}

    while IFS=$'\t' read -r word _; do
        if [[ $word =~ ^@[0-9]+$ ]]; then
            _lastack_program "${word#@}" "$2"
            return
        fi
        word=${word#"$lead"}
        [[ $quoted ]] || printf -v word %q "$word"
        COMPREPLY+=("$word")
    done < <("${1/#\~/$HOME}" complete -- "${words[@]:1}" 2>/dev/null)
    [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace
}

# Another program's command line begins at this word. Sees words and starts of _lastack.
_lastack_program() {
    if declare -F _comp_command_offset >/dev/null; then
        _comp_command_offset "${starts[$1]}"
    elif declare -F _command_offset >/dev/null; then
        _command_offset "${starts[$1]}"
    elif (($1 == ${#words[@]} - 1)); then
        mapfile -t COMPREPLY < <(compgen -c -- "$2")
    else
        compopt -o default
    fi
}

complete -o nosort -F _lastack lastack
