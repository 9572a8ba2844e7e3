package org.bursar.kernel;

/** What can be wrong with fields anywhere. What only one capability knows is a constant in its own API package. */
public final class FieldProblems {
    public static final FieldCode REQUIRED = new FieldCode("required", "The field is missing, null or blank.");
    public static final FieldCode UNKNOWN_FIELD =
            new FieldCode("unknown_field", "There is no such field here; nothing that is sent is ignored.");
    public static final FieldCode WRONG_TYPE = new FieldCode(
            "wrong_type", "The value is of another type or form; decimals, for one, are JSON strings, not numbers.");
    public static final FieldCode NOT_HERE =
            new FieldCode("not_here", "The field exists, but does not go with the other fields or this caller.");
    public static final FieldCode MALFORMED =
            new FieldCode("malformed", "The text does not have the form that detail describes.");
    public static final FieldCode UNKNOWN_VALUE =
            new FieldCode("unknown_value", "The value is none of those that detail names.");
    public static final FieldCode UNKNOWN_CURRENCY =
            new FieldCode("unknown_currency", "The currency is no ISO 4217 code in upper case.");
    public static final FieldCode OUT_OF_RANGE =
            new FieldCode("out_of_range", "The value is smaller or larger than detail allows.");
    public static final FieldCode TOO_PRECISE =
            new FieldCode("too_precise", "The decimal has too many digits; it is refused rather than rounded.");
    public static final FieldCode TOO_LONG = new FieldCode("too_long", "The text is longer than detail allows.");
    public static final FieldCode TOO_MANY = new FieldCode("too_many", "The list has more items than detail allows.");
    public static final FieldCode DUPLICATE = new FieldCode("duplicate", "The list names one thing twice.");
    public static final FieldCode NOT_PRINTABLE = new FieldCode(
            "not_printable",
            "The text has control characters, halves of surrogate pairs, or lines where one is wanted.");
    public static final FieldCode INVALID_EMAIL =
            new FieldCode("invalid_email", "The text is no e-mail address that mail can be sent to.");
    public static final FieldCode INVALID_CURSOR =
            new FieldCode("invalid_cursor", "The value of after is no cursor of this list and these filters.");
    public static final FieldCode NOT_FOUND =
            new FieldCode("not_found", "The field names something that does not exist, or is not yours.");
    public static final FieldCode RESERVED =
            new FieldCode("reserved", "The name belongs to the platform; choose another one.");

    private FieldProblems() {}
}
