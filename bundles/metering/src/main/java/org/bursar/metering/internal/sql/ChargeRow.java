package org.bursar.metering.internal.sql;

import java.math.BigDecimal;
import java.util.UUID;

/** What the event with a key was charged. */
public record ChargeRow(UUID eventKey, BigDecimal charge) {}
