package org.bursar.customers.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldError;
import org.bursar.kernel.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerChecksTest {
    private static CustomerForm form(String name, String phone, String country, AddressForm address, String website) {
        return new CustomerForm(name, website, phone, country, address, null, null, null, null, null);
    }

    private static CustomerDetails checked(CustomerForm form) {
        Checks checks = new Checks();
        CustomerDetails details = new CustomerChecks(checks).details(form);
        checks.done();
        return details;
    }

    private static List<String> pointers(CustomerForm form) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> checked(form));
        return refused == null
                ? List.of()
                : refused.problem().errors().stream().map(FieldError::pointer).toList();
    }

    private static AddressForm line1(String postalCode) {
        return new AddressForm("1 Main Street", null, null, null, postalCode);
    }

    @Test
    void aFormWithoutAnythingNamesEachFieldThatMustBeThere() {
        assertThat(pointers(form(null, null, null, null, null))).containsExactly("/companyName", "/address/line1");
    }

    @Test
    void nameAndFirstAddressLineAreEnough() {
        CustomerDetails details = checked(form("<b>Smith & Sons</b>", null, null, line1(null), null));

        assertThat(details.name()).isEqualTo("<b>Smith & Sons</b>");
        assertThat(details.country()).isNull();
        assertThat(details.workspaces()).isEmpty();
    }

    @Test
    void theCountryLeftOutIsThePhones() {
        assertThat(checked(form("A", "+47 22 55 01 33", null, line1(null), null))
                        .country())
                .isEqualTo("NO");
    }

    @Test
    void aPhoneIsStoredInE164AndReadInTheCustomersCountry() {
        assertThat(checked(form("A", "(202) 555-0189", "us", line1(null), null)).phone())
                .isEqualTo("+12025550189");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1-555-0789", "2025550189", "+999123456", "phone", "+1202555018912345"})
    void aPhoneThatCannotExistOrLacksItsCountryCodeIsRefused(String phone) {
        assertThat(pointers(form("A", phone, null, line1(null), null))).containsExactly("/phone");
    }

    @ParameterizedTest
    @CsvSource({
        "US,97209", "US,97209-1234", "GB,EC1A 1BB", "GB,M1 1AE", "GB,sw1a1aa", "CA,K1A 0B1", "DE,10115", "NL,1012 AB",
        "IE,D02 AF30", "JP,100-0001", "SE,114 55", "PL,00-950", "PT,1000-205", "IN,110001", "NO,0153", "BR,01310-100",
        "AE,whatever", "HK,-", "LT,LT-01100"
    })
    void aPostalCodeOfItsCountrysFormPasses(String country, String code) {
        assertThat(pointers(form("A", null, country, line1(code), null))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "US,9720",
        "US,97209-12",
        "US,ABCDE",
        "GB,12345",
        "CA,K1A OB1",
        "DE,1011",
        "NL,0A12 AB",
        "IE,D02",
        "JP,1000",
        "NO,01533",
        "IN,11000",
        "US,٩٧٢٠٩"
    })
    void aPostalCodeOfAnotherFormIsRefused(String country, String code) {
        assertThat(pointers(form("A", null, country, line1(code), null))).containsExactly("/address/postalCode");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"acmecorp.example", "https://acmecorp.example/about?x=1", "http://a.b:8080", "münchen.example"})
    void aHostOrAnHttpUrlIsAWebsite(String website) {
        assertThat(pointers(form("A", null, null, line1(null), website))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "javascript://acme.example/%0aalert(1)",
                "ftp://acme.example",
                "acme",
                "https://user:secret@acme.example",
                "https://",
                "acme .example",
                "http://a.b:99999999",
                "\"><script>.example"
            })
    void anythingElseIsNoWebsite(String website) {
        assertThat(pointers(form("A", null, null, line1(null), website))).containsExactly("/website");
    }

    @Test
    void anUnknownCountryIsRefused() {
        assertThat(pointers(form("A", null, "UK", line1(null), null))).containsExactly("/country");
    }

    @Test
    void whatIsNoWorkspaceIdIsNamedAtItsPlace() {
        CustomerForm form = new CustomerForm(
                "A",
                null,
                null,
                null,
                line1(null),
                null,
                null,
                null,
                java.util.Arrays.asList("wsp_nonsense", null),
                null);

        assertThat(pointers(form)).containsExactly("/workspaces/0", "/workspaces/1");
    }

    @Test
    void everyBadFieldIsNamedAtOnce() {
        CustomerForm form = new CustomerForm(
                "A",
                "x",
                "1",
                "ZZ",
                line1("x".repeat(21)),
                "d".repeat(4_001),
                null,
                new ContactForm("n", "1", "no address", null),
                null,
                "cus_x");

        assertThat(pointers(form))
                .containsExactlyInAnyOrder(
                        "/website",
                        "/phone",
                        "/country",
                        "/address/postalCode",
                        "/description",
                        "/contact/phone",
                        "/contact/email",
                        "/parent");
    }

    @Property(tries = 500)
    void anyTextGivesAnAnswerAndNeverAFailure(
            @ForAll @StringLength(max = 300) String text, @ForAll @StringLength(max = 30) String other) {
        CustomerForm form = new CustomerForm(
                text,
                other,
                text,
                other,
                new AddressForm(text, other, text, other, other),
                text,
                other,
                new ContactForm(text, other, text, other),
                List.of(text, other),
                other);

        assertThat(pointers(form)).allMatch(pointer -> pointer.startsWith("/"));
        assertThat(CompanyNames.likeness(text)).isNotNull();
    }

    @Property(tries = 300)
    void aPostalCodeIsTheSameInAnyCase(@ForAll @StringLength(max = 12) String code) {
        for (String country : Locale.getISOCountries()) {
            assertThat(PostalCodes.fits(country, PostalCodes.normal(PostalCodes.normal(code))))
                    .isEqualTo(PostalCodes.fits(country, PostalCodes.normal(code)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Acme Corporation,ACME corp.",
        "Acme Corporation,acme",
        "Café Olé GmbH,CAFE OLE",
        "Smith & Sons Ltd,smith-sons",
        "O'Neil S.A.,ONeil SA"
    })
    void namesOfOneCompanyAreAlike(String one, String other) {
        assertThat(CompanyNames.likeness(one)).isEqualTo(CompanyNames.likeness(other));
    }

    @ParameterizedTest
    @CsvSource({"Acme,Acme Travel", "Company,Corporation", "北京,東京", "!!!,???"})
    void namesOfTwoCompaniesAreNot(String one, String other) {
        assertThat(CompanyNames.likeness(one)).isNotEqualTo(CompanyNames.likeness(other));
    }

    @Test
    void aPersonalAddressIsKnownInAnyCase() {
        assertThat(PersonalMail.isPersonal("jonas@GMail.com")).isTrue();
        assertThat(PersonalMail.isPersonal("jonas@acmecorp.example")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVE,,active",
        "ACTIVE,active,active",
        "ACTIVE,trialing,trialing",
        "ACTIVE,past_due,past_due",
        "ACTIVE,LOCKED,locked",
        "SUSPENDED,locked,suspended",
        "INACTIVE,active,inactive",
        "DELETED,locked,deleted"
    })
    void theStandingIsTheMostRestrictiveState(AccountStatus account, String subscription, String standing) {
        assertThat(Standing.of(account, subscription)).isEqualTo(standing);
    }

    @Test
    void aConfigurationListMayBeOneTextWithCommas() {
        CustomersConfig config = new CustomersConfig() {
            @Override
            public Class<CustomersConfig> annotationType() {
                return CustomersConfig.class;
            }

            @Override
            public String[] parts() {
                return new String[] {"credits, plans"};
            }

            @Override
            public String[] rules() {
                return new String[] {"account", " subscription,balance "};
            }

            @Override
            public int grace_days() {
                return 7;
            }
        };

        CustomersSettings settings = CustomersSettings.of(config);

        assertThat(settings.parts()).containsExactly("credits", "plans");
        assertThat(settings.rules()).containsExactly("account", "subscription", "balance");
        assertThat(settings.grace()).hasDays(7);
    }
}
