# Starts the JVM. Sourced by ./lastack and by the installed launcher, which set jdk, jar and cache.

# A closed standard error stays closed: bash has opened the launcher in its place.
[[ /proc/self/fd/2 -ef ${BASH_SOURCE[-1]} ]] && exec 2>&-

flags=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -XX:CompileThresholdScaling=10
    -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -Xlog:disable --enable-native-access=ALL-UNNAMED
    --add-exports=java.base/jdk.internal.access=ALL-UNNAMED --add-exports=java.base/jdk.internal.foreign.abi=ALL-UNNAMED
    --add-exports=java.base/jdk.internal.foreign.abi.x64=ALL-UNNAMED
    -Djdk.reflect.useNativeAccessorOnly=true -Dpicocli.disable.closures=true '-Dpicocli.converters.excludes=.*')

fail() {
    printf 'lastack: %s\n%s\n' "$1" "$2" >&2
    exit 4
}

# A cache carries the time stamp of the jar it was made from.
is_trained() {
    [[ -e $cache && ! $cache -nt $jar && ! $cache -ot $jar ]]
}

# One training run over the commands people use; what it says goes to the given file. Without a cache everything works, only
# slower. Where none can be made, an empty file keeps the next start from trying again.
train() {
    [[ -t 2 ]] && printf 'lastack: getting ready to start fast, once ...\n' >&2
    env -u JAVA_TOOL_OPTIONS -u JDK_JAVA_OPTIONS -u _JAVA_OPTIONS "$jdk/bin/java" "${flags[@]}" \
        -XX:AOTCacheOutput="$cache.$$" -cp "$jar" lastack.cli.Training </dev/null >"$1" 2>&1 9>&- ||
        : 2>/dev/null >"$cache.$$"
    [[ -e $cache.$$ ]] || : 2>/dev/null >"$cache.$$"
    touch -r "$jar" "$cache.$$" 2>/dev/null && mv -f "$cache.$$" "$cache"
}

# The signals that were ignored before bash began: bash itself always ignores SIGQUIT, the third.
ignored_before() {
    local others=$((16#$1 & ~4))
    [[ $(trap -p QUIT) ]] && others=$((others | 4))
    printf '%x' "$others"
}

# The JVM becomes the program that is to be run: what a JVM changes about itself, the program must not inherit.
keep_for_program() {
    local name value
    for name in JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS; do
        [[ -v $name ]] && export "LASTACK_KEPT_$name=${!name}"
    done
    while read -r name value; do
        case $name in
            SigBlk:) flags+=(-Dlastack.signals.blocked="$value") ;;
            SigIgn:) flags+=(-Dlastack.signals.ignored="$(ignored_before "$value")") ;;
        esac
    done </proc/self/status
    flags+=(-XX:-MaxFDLimit -XX:-DumpPrivateMappingsInCore -XX:-DumpSharedMappingsInCore)
}

# Whether the machine is one that lastack can work on.
check_machine() {
    case $HOSTTYPE in
        x86_64 | aarch64) ;;
        *) fail "this machine is $HOSTTYPE" "lastack knows the kernel's interface on x86_64 and aarch64 only" ;;
    esac
    [[ -e /proc/self/exe ]] || fail "/proc is not mounted, and neither Java nor lastack can do without it" \
        "mount it: mount -t proc proc /proc"
}

# Becomes lastack with the given arguments.
start() {
    [[ -s $cache && -r $cache ]] && flags+=(-XX:AOTCache="$cache")
    [[ -t 0 ]] && flags+=(-Dlastack.stdin.terminal=true)
    if [[ -t 1 ]]; then
        shopt -s checkwinsize
        (:)
        flags+=(-Dlastack.stdout.terminal=true -Dlastack.columns="${COLUMNS:-0}")
    fi
    [[ ${1-} == run ]] && keep_for_program
    unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
    exec "$jdk/bin/java" "${flags[@]}" -cp "$jar" lastack.cli.Main "$@"
}
