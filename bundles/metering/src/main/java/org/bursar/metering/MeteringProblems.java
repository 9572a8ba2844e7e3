package org.bursar.metering;

import org.bursar.kernel.FieldCode;

/** What metering says of events that it does not count; a meter that is not there is the plans' unknown_meter. */
public final class MeteringProblems {
    public static final FieldCode INVALID_EVENT = new FieldCode("invalid_event", "The item is no JSON object.");
    public static final FieldCode INVALID_SPECVERSION = new FieldCode(
            "invalid_specversion", "The event's specversion is not the one of CloudEvents that is read, 1.0.");
    public static final FieldCode INVALID_ID =
            new FieldCode("invalid_id", "The event's id is missing, too long or not printable.");
    public static final FieldCode INVALID_SOURCE =
            new FieldCode("invalid_source", "The event's source is missing, too long or not printable.");
    public static final FieldCode UNKNOWN_CUSTOMER =
            new FieldCode("unknown_customer", "The event's subject is the id of no customer of yours.");
    public static final FieldCode INVALID_TIME =
            new FieldCode("invalid_time", "The event's time is no RFC 3339 time, too long ago, or in the future.");
    public static final FieldCode INVALID_DATA =
            new FieldCode("invalid_data", "The event's data is no object, or too large.");
    public static final FieldCode INVALID_QUANTITY = new FieldCode(
            "invalid_quantity",
            "The event's data.quantity is missing, no decimal in a string, too large or too precise.");

    private MeteringProblems() {}
}
