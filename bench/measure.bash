# What the rows have in common: take times, and make lines of the table of them. Sourced by bench/compare in the folder of the sources; a
# row runs in network, process and mount namespaces of its own, and whatever it leaves running ends with them.

runs=${RUNS:-7}
number() {
    awk -v n="$1" 'BEGIN {printf "%.*f", n < 0.1 ? 4 : n < 10 ? 2 : n < 100 ? 1 : 0, n}'
}

# Does it as often as everything is measured; the two that are compared take turns in it.
repeatedly() {
    local turn
    for ((turn = 0; turn < runs; turn++)); do "$@"; done
}

# sample NAME COMMAND...: runs it, and remembers under that name what it took.
sample() {
    local name=$1 status=0
    shift
    "$programs/took" "$@" >>"$work/$name" 2>"$work/said" || status=$?
    ((status == ${expected:-0})) || {
        printf 'bench: %s: exit code %s\n' "$*" "$status" >&2
        cat "$work/said" >&2
        exit 1
    }
}

# median NAME [COLUMN]: of the milliseconds (1), those of CPU time (2), the memory in MB (3), or the lines that were written (4).
median() {
    awk -v column="${2:-1}" '{print $column}' "$work/$1" | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'
}

largest() {
    sort -n "$work/$1" | tail -n 1
}

# Ends the run when a command wrote another number of lines than there were sockets: then it measured something else.
wrote() {
    local lines
    lines=$(median "$1" 4)
    ((lines == $2)) || { printf 'bench: %s wrote %s lines and not %s\n' "$1" "$lines" "$2" >&2 && exit 1; }
}

within() {
    awk -v a="$1" -v most="$2" 'BEGIN {print a <= most ? "held" : "**missed**"}'
}

# ratio_row WORK OURS PEER PEER'S MOST: a line that compares; without a MOST nothing was promised.
ratio_row() {
    local ratio
    ratio=$(awk -v a="$2" -v b="$4" 'BEGIN {print a / b}')
    printf '| %s | %s ms | %s | %s ms | %s x | %s | %s |\n' "$1" "$(number "$2")" "$3" "$(number "$4")" "$(number "$ratio")" \
        "${5:+at most $5 x}" "${5:+$(within "$ratio" "$5")}"
}

# limit_row WORK OURS UNIT MOST: a line of a promise that names no other.
limit_row() {
    printf '| %s | %s %s | | | | %s | %s |\n' "$1" "$(number "$2")" "$3" "${4:+at most $4 $3}" "${4:+$(within "$2" "$4")}"
}

# Begins a crowd (programs/crowd.c) and waits until it is there; stop_crowd ends the last one.
crowd() {
    exec {crowd_says}< <(exec "$programs/crowd" "$@")
    crowd=$!
    read -r -u "$crowd_says"
    [[ $1 != close-wait ]] || forget_clients
}

# The other ends, which nobody holds any more, and which would be listed for a minute.
forget_clients() {
    ss -K state fin-wait-2 >/dev/null 2>&1 || true
    [[ -z $(ss -tanH state fin-wait-2) ]] || { printf 'bench: some clients are left\n' >&2 && exit 1; }
}

# Its processes end one after the other, and what is left of their sockets would keep the ports for a minute.
stop_crowd() {
    kill "$crowd"
    wait "$crowd" 2>/dev/null || true
    until [[ -z $(ss -tanH state connected) ]]; do
        ss -K state connected >/dev/null 2>&1 || true
    done
}

compile() {
    "$JAVA_HOME/bin/javac" -proc:none -d "$work" "$@"
}
