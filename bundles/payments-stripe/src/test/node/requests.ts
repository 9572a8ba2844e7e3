// What Stripe's own types say about the requests that the gateway sends.
import type { Stripe } from 'stripe';

export type CustomerCreate = Stripe.CustomerCreateParams;
export type SessionCreate = Stripe.Checkout.SessionCreateParams;
export type SessionRetrieve = Stripe.Checkout.SessionRetrieveParams;
export type SessionUpdate = Stripe.Checkout.SessionUpdateParams;
export type SessionExpire = Stripe.Checkout.SessionExpireParams;
export type SessionList = Stripe.Checkout.SessionListParams;
export type IntentCreate = Stripe.PaymentIntentCreateParams;
export type IntentRetrieve = Stripe.PaymentIntentRetrieveParams;
export type IntentCancel = Stripe.PaymentIntentCancelParams;
export type IntentList = Stripe.PaymentIntentListParams;
export type RefundCreate = Stripe.RefundCreateParams;
export type RefundList = Stripe.RefundListParams;
export type DisputeList = Stripe.DisputeListParams;
export type MethodRetrieve = Stripe.PaymentMethodRetrieveParams;
export type MethodDetach = Stripe.PaymentMethodDetachParams;
export type EndpointCreate = Stripe.WebhookEndpointCreateParams;
export type EndpointUpdate = Stripe.WebhookEndpointUpdateParams;
export type EndpointDelete = Stripe.WebhookEndpointDeleteParams;
export type EndpointList = Stripe.WebhookEndpointListParams;
export type PortalCreate = Stripe.BillingPortal.SessionCreateParams;
export type SubscriptionRetrieve = Stripe.SubscriptionRetrieveParams;
export type SubscriptionUpdate = Stripe.SubscriptionUpdateParams;
export type SubscriptionCancel = Stripe.SubscriptionCancelParams;
export type InvoiceRetrieve = Stripe.InvoiceRetrieveParams;
export type InvoiceList = Stripe.InvoiceListParams;
export type InvoicePaymentList = Stripe.InvoicePaymentListParams;
