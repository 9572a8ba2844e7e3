// What Whop's own types say about the requests that the gateway sends.
import type { CheckoutConfigurationCreateParams, CheckoutConfigurationListParams } from '@whop/sdk/resources/checkout-configurations';
import type { PaymentListParams, PaymentRefundParams } from '@whop/sdk/resources/payments';

export type LinkCreate = CheckoutConfigurationCreateParams;
export type LinkList = CheckoutConfigurationListParams;
export type PaymentList = PaymentListParams;
export type PaymentRefund = PaymentRefundParams;
// reading and deleting by an id take nothing
export type Nothing = Record<string, never>;
