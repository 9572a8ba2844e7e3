// What Whop's own types say about the requests that the gateway sends.
import type { CheckoutConfigurationCreateParams, CheckoutConfigurationListParams } from '@whop/sdk/resources/checkout-configurations';
import type { MembershipCancelParams, MembershipListParams } from '@whop/sdk/resources/memberships';
import type { PaymentListParams, PaymentRefundParams } from '@whop/sdk/resources/payments';

export type LinkCreate = CheckoutConfigurationCreateParams;
export type LinkList = CheckoutConfigurationListParams;
export type PaymentList = PaymentListParams;
export type PaymentRefund = PaymentRefundParams;
export type MembershipList = MembershipListParams;
export type MembershipCancel = MembershipCancelParams;
// reading and deleting by an id take nothing
export type Nothing = Record<string, never>;
