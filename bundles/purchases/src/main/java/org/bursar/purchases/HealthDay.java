package org.bursar.purchases;

import java.time.LocalDate;

/**
 * How a provider was on a day.
 *
 * @param day in UTC
 * @param checks how often it was asked; never 0
 * @param well how often it answered that all is well
 */
public record HealthDay(LocalDate day, int checks, int well) {}
