package lastack.tuning;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A setting somebody wants to have another value.
 *
 * @param setting which
 * @param value the value, in its normal spelling
 */
public record Wish(Setting setting, String value) {
    /**
     * Reads {@code NAME=VALUE} words.
     *
     * @throws InvalidSettingException at the first that cannot be
     */
    public static List<Wish> parse(List<String> words) throws InvalidSettingException {
        List<Wish> wishes = new ArrayList<>();
        Set<Setting> seen = EnumSet.noneOf(Setting.class);
        for (String word : words) {
            Wish wish = parse(word);
            if (!seen.add(wish.setting)) {
                throw new InvalidSettingException(wish.setting.shortName() + " is named twice");
            }
            wishes.add(wish);
        }
        return List.copyOf(wishes);
    }

    private static Wish parse(String word) throws InvalidSettingException {
        int equals = word.indexOf('=');
        Setting setting = setting(equals < 0 ? word : word.substring(0, equals).trim());
        if (equals < 0) {
            throw new InvalidSettingException("'" + word + "' has no value; write " + setting.shortName()
                    + "=VALUE, where VALUE is " + setting.form().expected());
        }
        try {
            return new Wish(setting, setting.form().normal(word.substring(equals + 1)));
        } catch (InvalidSettingException e) {
            throw new InvalidSettingException(setting.shortName() + ": " + e.getMessage());
        }
    }

    /** The setting of this name. */
    public static Setting setting(String name) throws InvalidSettingException {
        if (name.replace('/', '.').endsWith("tcp_tw_recycle")) {
            throw new InvalidSettingException(
                    "tcp_tw_recycle was removed in Linux 4.12: it broke clients behind NAT; use tcp_tw_reuse");
        }
        Optional<Setting> setting = Setting.named(name);
        if (setting.isEmpty()) {
            throw new InvalidSettingException(
                    "'" + name + "' is no setting lastack knows\nthere are: " + String.join(", ", Setting.names()));
        }
        return setting.get();
    }
}
