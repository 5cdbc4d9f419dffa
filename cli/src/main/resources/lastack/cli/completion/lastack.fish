# Completes the command line of lastack in fish: source it, or put it where fish finds completions.
function __lastack_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l lines ($typed[1] complete -- $typed[2..-1] (string replace -r '^[\'"]' '' -- "$current") 2>/dev/null)
    if string match -qr '^@\d+$' -- "$lines[1]"
        # Another program's command line begins at this word.
        set -l first (math (string sub -s 2 -- $lines[1]) + 1)
        set -l words $typed[$first..-1]
        test (count $typed) -lt $first; and set words
        complete -C (string join ' ' -- (string escape -- $words) "$current")
    else
        printf '%s\n' $lines
    end
end

complete -c lastack -f -k -a '(__lastack_complete)'
