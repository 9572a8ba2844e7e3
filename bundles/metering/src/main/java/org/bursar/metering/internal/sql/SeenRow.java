package org.bursar.metering.internal.sql;

import java.time.LocalDate;
import java.util.UUID;

/** A key that was entered under a day. */
public record SeenRow(UUID eventKey, LocalDate day) {}
