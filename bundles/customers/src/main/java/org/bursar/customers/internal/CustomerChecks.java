package org.bursar.customers.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.bursar.customers.CustomersProblems;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.WorkspaceId;
import org.jspecify.annotations.Nullable;

/** What a customer's form must be like, as far as it can be told without looking anything up. */
final class CustomerChecks {
    static final int LONGEST_NAME = 200;
    static final int LONGEST_LINE = 200;
    static final int LONGEST_TEXT = 4_000;
    static final int LONGEST_WEBSITE = 500;
    static final int LONGEST_CODE = 20;
    static final int MOST_WORKSPACES = 500;
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final Checks checks;

    CustomerChecks(Checks checks) {
        this.checks = checks;
    }

    /** The particulars; not to be used before {@link Checks#done()} has passed. */
    CustomerDetails details(CustomerForm form) {
        AddressForm address = form.address() == null ? AddressForm.EMPTY : form.address();
        ContactForm contact = form.contact() == null ? ContactForm.EMPTY : form.contact();
        String name = checks.text("/companyName", form.companyName(), LONGEST_NAME);
        String country = country(form.country());
        String phone = phone("/phone", form.phone(), country);
        if (country == null && phone != null) {
            country = Phones.country(phone).orElse(null);
        }
        return new CustomerDetails(
                name,
                CompanyNames.likeness(name),
                website(form.website()),
                phone,
                country,
                checks.text("/address/line1", address.line1(), LONGEST_LINE),
                checks.optionalText("/address/line2", address.line2(), LONGEST_LINE),
                checks.optionalText("/address/city", address.city(), LONGEST_LINE),
                checks.optionalText("/address/state", address.state(), LONGEST_LINE),
                postalCode(address.postalCode(), country),
                checks.optionalText("/description", form.description(), LONGEST_TEXT),
                checks.optionalText("/notes", form.notes(), LONGEST_TEXT),
                checks.optionalText("/contact/name", contact.name(), LONGEST_NAME),
                phone("/contact/phone", contact.phone(), country),
                email(contact.email()),
                checks.optionalText("/contact/address", contact.address(), LONGEST_TEXT),
                workspaces(form.workspaces()),
                parent(form.parent()));
    }

    /** What every admin needs; identity checks the rest, the password and whether the address is free. */
    void admin(AdminForm admin) {
        checks.text("/admin/firstName", admin.firstName(), LONGEST_NAME);
        checks.text("/admin/lastName", admin.lastName(), LONGEST_NAME);
        String email = checks.text("/admin/email", admin.email(), Emails.LONGEST);
        checks.that(
                email.isEmpty() || Emails.isOne(email),
                "/admin/email",
                FieldProblems.INVALID_EMAIL,
                "an e-mail address such as name@company.example");
    }

    /** The code of a country in upper case; null where there is none, or none that is. */
    @Nullable
    String country(@Nullable String value) {
        String code = checks.optionalText("/country", value, LONGEST_CODE);
        if (code == null) {
            return null;
        }
        String upper = code.toUpperCase(Locale.ROOT);
        if (!COUNTRIES.contains(upper)) {
            checks.error("/country", CustomersProblems.UNKNOWN_COUNTRY, "two letters of ISO 3166-1, such as US");
            return null;
        }
        return upper;
    }

    private @Nullable String phone(String pointer, @Nullable String value, @Nullable String country) {
        String text = checks.optionalText(pointer, value, LONGEST_LINE);
        if (text == null) {
            return null;
        }
        String number = Phones.e164(text, country).orElse(null);
        if (number == null) {
            checks.error(
                    pointer,
                    CustomersProblems.INVALID_PHONE,
                    "a number that can exist, with + and the country code, such as +12025550189");
        }
        return number;
    }

    private @Nullable String website(@Nullable String value) {
        String text = checks.optionalText("/website", value, LONGEST_WEBSITE);
        checks.that(
                text == null || Websites.isOne(text),
                "/website",
                CustomersProblems.INVALID_WEBSITE,
                "a host such as company.example, or a URL of http or https");
        return text;
    }

    private @Nullable String postalCode(@Nullable String value, @Nullable String country) {
        String text = checks.optionalText("/address/postalCode", value, LONGEST_CODE);
        if (text == null) {
            return null;
        }
        String code = PostalCodes.normal(text);
        if (country != null && !PostalCodes.fits(country, code)) {
            checks.error(
                    "/address/postalCode",
                    CustomersProblems.INVALID_POSTAL_CODE,
                    "not a postal code of " + country + ", which look like " + PostalCodes.example(country));
        }
        return code;
    }

    private @Nullable String email(@Nullable String value) {
        String text = checks.optionalText("/contact/email", value, Emails.LONGEST);
        checks.that(
                text == null || Emails.isOne(text),
                "/contact/email",
                FieldProblems.INVALID_EMAIL,
                "an e-mail address such as name@company.example");
        return text;
    }

    List<WorkspaceId> workspaces(@Nullable List<@Nullable String> values) {
        if (values == null) {
            return List.of();
        }
        if (values.size() > MOST_WORKSPACES) {
            checks.error("/workspaces", FieldProblems.TOO_MANY, "at most " + MOST_WORKSPACES);
            return List.of();
        }
        Set<WorkspaceId> found = new LinkedHashSet<>();
        for (int i = 0; i < values.size(); i++) {
            WorkspaceId id = id("/workspaces/" + i, values.get(i), WorkspaceId::fromString, "no such workspace");
            if (id != null) {
                found.add(id);
            }
        }
        return new ArrayList<>(found);
    }

    private @Nullable CustomerId parent(@Nullable String value) {
        return value == null ? null : id("/parent", value, CustomerId::fromString, "no such customer");
    }

    private <T> @Nullable T id(String pointer, @Nullable String text, Function<String, T> read, String otherwise) {
        try {
            if (text != null) {
                return read.apply(text);
            }
        } catch (IllegalArgumentException e) {
            // text that is no id names nothing, which is what is said below
        }
        checks.error(pointer, FieldProblems.NOT_FOUND, otherwise);
        return null;
    }

    /** Names each workspace that the tenant does not have, at the place where it was sent. */
    void workspacesExist(CustomerForm form, List<WorkspaceId> asked, Set<WorkspaceId> existing) {
        List<@Nullable String> sent = form.workspaces() == null ? List.of() : form.workspaces();
        for (WorkspaceId id : asked) {
            checks.that(
                    existing.contains(id),
                    "/workspaces/" + sent.indexOf(id.toString()),
                    FieldProblems.NOT_FOUND,
                    "no such workspace");
        }
    }
}
