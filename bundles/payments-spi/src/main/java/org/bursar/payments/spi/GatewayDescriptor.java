package org.bursar.payments.spi;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a gateway is: constant for the life of its service. */
public final class GatewayDescriptor {
    /** What it can do beside the facets. */
    public enum Feature {
        /** It takes payments that are made once. */
        ONE_OFF,
        /** It takes a {@link CheckoutRequest} with an interval; without this feature such a request is refused. */
        SUBSCRIPTION,
        /** {@link Refunds} of less than the whole. */
        PARTIAL_REFUND,
        /** A person of the tenant's decides; goes with {@link ManualDecision}. */
        MANUAL_APPROVAL,
        /** Checkouts are pages of the provider's: {@link CheckoutStart#redirect}. */
        HOSTED_REDIRECT,
        /** The provider reports its own reviews, and snapshots show them. */
        REVIEW_SIGNAL,
        /** One checkout can yield several payments; the first that fits is credited. */
        MULTIPLE_PAYMENTS_PER_CHECKOUT
    }

    private final String id;
    private final Map<String, String> names;
    private final Set<Feature> features;
    private final Set<String> currencies;
    private final SettingsSchema settings;
    private final String apiVersion;

    private GatewayDescriptor(Builder builder) {
        id = builder.id;
        names = Map.copyOf(builder.names);
        features = Set.copyOf(builder.features);
        currencies = Set.copyOf(builder.currencies);
        settings = builder.settings;
        apiVersion = builder.apiVersion;
    }

    /**
     * Begins a descriptor.
     *
     * @param id lower-case letters, digits and hyphens, 2 to 60 characters, for ever: it is stored with each purchase
     * @param englishName what people read; further languages by {@link Builder#name}
     */
    public static Builder builder(String id, String englishName) {
        return new Builder(id, englishName);
    }

    /** The value of the service property {@link PaymentGateway#ID_PROPERTY}. */
    public String id() {
        return id;
    }

    /** Names by BCP 47 language tag; {@code en} is always there. */
    public Map<String, String> names() {
        return names;
    }

    /** What it can do. */
    public Set<Feature> features() {
        return features;
    }

    /** ISO 4217 codes that it takes; empty: any. */
    public Set<String> currencies() {
        return currencies;
    }

    /** The settings of one tenant. */
    public SettingsSchema settings() {
        return settings;
    }

    /** The version of the provider's API that it speaks; empty when there is none. */
    public String apiVersion() {
        return apiVersion;
    }

    @Override
    public String toString() {
        return "gateway " + id;
    }

    /** Collects a descriptor. */
    public static final class Builder {
        private final String id;
        private final Map<String, String> names = new LinkedHashMap<>();
        private final Set<Feature> features = new LinkedHashSet<>();
        private final Set<String> currencies = new LinkedHashSet<>();
        private SettingsSchema settings = SettingsSchema.builder(1).build();
        private String apiVersion = "";

        private Builder(String id, String englishName) {
            if (!id.matches("[a-z][a-z0-9-]{1,59}")) {
                throw new IllegalArgumentException("not a gateway's id: " + id);
            }
            this.id = id;
            names.put("en", Objects.requireNonNull(englishName, "englishName"));
        }

        /** Adds a name in another language. */
        public Builder name(String languageTag, String name) {
            names.put(languageTag, name);
            return this;
        }

        /** Adds what it can do. */
        public Builder features(Feature... more) {
            features.addAll(Set.of(more));
            return this;
        }

        /** Limits it to currencies. */
        public Builder currencies(String... more) {
            currencies.addAll(Set.of(more));
            return this;
        }

        /** Sets which settings it needs. */
        public Builder settings(SettingsSchema schema) {
            settings = Objects.requireNonNull(schema, "schema");
            return this;
        }

        /** Sets the version of the provider's API. */
        public Builder apiVersion(String version) {
            apiVersion = Objects.requireNonNull(version, "version");
            return this;
        }

        /** The descriptor. */
        public GatewayDescriptor build() {
            return new GatewayDescriptor(this);
        }
    }
}
