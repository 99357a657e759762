// Which kind of telephone a leg is on: a SIP session, or a page in a browser. A phone with a page rings there.
#pragma once
#include "trunk/app/browser_phones.hpp"

namespace trunkline::trunk {

class LegSwitch final : public SipPort {
 public:
    LegSwitch(SipPort& sip, BrowserPhones& browsers) : sip_(sip), browsers_(browsers) {}

    Status Answer(const LegId& leg) override { return Of(leg).Answer(leg); }
    Status Reject(const LegId& leg, int sip_status) override { return Of(leg).Reject(leg, sip_status); }
    Status Dial(const action::Dial& dial) override {
        const auto* phone = std::get_if<PhoneTarget>(&dial.target);
        const bool in_browser = phone != nullptr && browsers_.IsPresent(phone->name);
        return in_browser ? browsers_.Dial(dial) : sip_.Dial(dial);
    }
    void End(const LegId& leg) override { Of(leg).End(leg); }
    Status OfferHold(const LegId& leg, bool hold) override { return Of(leg).OfferHold(leg, hold); }
    Status AnswerTransfer(const LegId& leg, bool accept, int sip_status) override {
        return Of(leg).AnswerTransfer(leg, accept, sip_status);
    }
    Status ReportTransfer(const LegId& leg, int sip_status) override { return Of(leg).ReportTransfer(leg, sip_status); }

 private:
    SipPort& Of(const LegId& leg) const { return browsers_.Has(leg) ? static_cast<SipPort&>(browsers_) : sip_; }

    SipPort& sip_;
    BrowserPhones& browsers_;
};

}  // namespace trunkline::trunk
