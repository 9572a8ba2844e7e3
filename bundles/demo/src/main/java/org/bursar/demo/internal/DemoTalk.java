package org.bursar.demo.internal;

import java.util.List;

/** What is said in the demo's conversations: user and assistant in turn. */
final class DemoTalk {
    static final List<String> AGENTS =
            List.of("Front desk", "Returns assistant", "Sales coach", "Booking line", "After-hours line");

    static final List<List<String>> CONVERSATIONS = List.of(
            List.of(
                    "We have a delivery slot on Wednesday at nine. Is the loading bay free that morning?",
                    "Bay 2 is free on Wednesday from 08:30 to 11:00. Bay 1 is taken until noon.",
                    "Our driver just called, he can’t make Wednesday after all. Could you move it to Thursday at ten?",
                    "Done. Your delivery is now on Thursday at 10:00 in bay 2. I have sent the driver a text with the gate code."),
            List.of(
                    "Hi, I would like to send back a lamp that arrived broken.",
                    "I am sorry to hear that. Do you have the order number at hand?",
                    "It is 48213.",
                    "Thank you. A prepaid label is on its way to your e-mail address.",
                    "How long does the refund take?",
                    "Refunds take three working days once the parcel has arrived."),
            List.of(
                    "Can I book a check-up for two on Friday afternoon?",
                    "Friday has 14:30 and 16:00 free for two. Which one suits you?",
                    "Half past two, please.",
                    "See you at half past two."),
            List.of(
                    "The customer says our price is too high. What now?",
                    "Try opening with the delivery promise, then compare what a late delivery costs them.",
                    "They want 15 % off.",
                    "Offer 5 % for a yearly contract, and name what they get for it."),
            List.of(
                    "What are your opening hours on Sunday?",
                    "On Sundays we are open from 10:00 to 16:00. The workshop is closed."),
            List.of(
                    "My invoice shows a fee that I don’t understand.",
                    "Which line is it?",
                    "“Concurrency add-on”.",
                    "That is for the ten extra lines which your team ordered on the 3rd. Shall I send you the order?",
                    "Yes, please.",
                    "It is in your inbox now."));

    private DemoTalk() {}
}
