package org.bursar.customers;

/**
 * Why a customer is not served.
 *
 * @param code stable, snake_case: {@code subscription_locked}
 * @param detail for people
 */
public record AccessReason(String code, String detail) {}
