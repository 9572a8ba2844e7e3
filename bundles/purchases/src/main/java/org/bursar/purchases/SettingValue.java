package org.bursar.purchases;

/** What somebody sends for one setting. */
public sealed interface SettingValue {
    /** A text, or a number or truth value in its text. It may be a secret, so its own text does not show it. */
    record Text(String value) implements SettingValue {
        @Override
        public String toString() {
            return "Text";
        }
    }

    /** Leave a secret as it is. */
    record Keep() implements SettingValue {}

    /** Remove it. */
    record Remove() implements SettingValue {}
}
