package org.bursar.purchases;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A gateway as a tenant sees it.
 *
 * @param configured whether every required setting is there
 * @param enabled whether the tenant uses it
 * @param live whether real money moves
 * @param manual whether people decide
 * @param savesMethods whether it keeps a payer's method, so that it can be charged without the payer
 * @param collectsPlans whether plans can be taken through it, whose price its provider then charges in each cycle
 * @param monthDays days between two charges of a monthly plan, where its provider counts days; null: a month
 * @param yearDays days between two charges of a yearly plan, where its provider counts days; null: a year
 * @param registersWebhooks whether it tells its provider by itself where webhooks go
 * @param version of the bundle; empty while it is absent
 * @param currencies ISO 4217 codes that it takes; empty: any
 * @param fields the settings that it takes
 * @param reason why it is not active; null when it is
 * @param revision counts changes of the tenant's settings; 0: there are none
 */
public record GatewayInfo(
        String id,
        String name,
        State state,
        boolean configured,
        boolean enabled,
        boolean live,
        boolean manual,
        boolean savesMethods,
        boolean collectsPlans,
        @Nullable Integer monthDays,
        @Nullable Integer yearDays,
        boolean registersWebhooks,
        String version,
        Set<String> currencies,
        List<Field> fields,
        @Nullable String reason,
        long revision) {
    public GatewayInfo {
        currencies = Set.copyOf(currencies);
        fields = List.copyOf(fields);
    }

    /** Whether checkouts can start. */
    public boolean usable() {
        return state == State.ACTIVE && configured && enabled;
    }

    /** Where it is. */
    public enum State {
        ACTIVE,
        /** An upgrade asks for other settings; what is under way goes on with the old ones. */
        NEEDS_CONFIG,
        /** The tenant has settings for it, but no bundle offers it at the moment. */
        ABSENT,
        /** It is being replaced: no new checkouts until that is done. */
        DRAINING,
        /** Its bundle runs but does not even tell what it is. */
        FAILED
    }

    /**
     * One setting.
     *
     * @param kind what it takes, in lower case: {@code text}, {@code secret}, {@code boolean} and so on
     * @param help a sentence below the field; null: none
     * @param pattern what the whole value must match; null: anything
     */
    public record Field(
            String name,
            String kind,
            boolean required,
            String label,
            @Nullable String help,
            @Nullable String pattern,
            List<String> choices) {
        public Field {
            choices = List.copyOf(choices);
        }
    }
}
