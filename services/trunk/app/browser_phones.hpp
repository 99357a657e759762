// The telephones in browsers: which pages are there, what rings on them, and which leg is heard.
//
// A phone is present while a page watches it and for the grace after the last one broke off; then its legs end. Legs
// belong to the server, so a page that comes back finds them. On the SIP thread.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "clock/clock.hpp"
#include "ids/ids.hpp"
#include "trunk/app/browser_ports.hpp"
#include "trunk/app/ports.hpp"
#include "trunk/domain/input.hpp"

namespace trunkline::trunk {

struct BrowserPhonesPorts {
    LinePort& lines;
    const Clock& clock;
    IdGenerator& ids;
};

class BrowserPhones final : public SipPort, public EventSink {
 public:
    using Listener = std::function<void(const LegId&, const Input&)>;
    using Changed = std::function<void(const std::string& phone, bool present)>;

    BrowserPhones(BrowserPhonesPorts ports, Duration grace) : ports_(ports), grace_(grace) {}
    // Once, before anything happens: the calls hear what the telephones do, the phone book who is there.
    void Bind(Listener listener, Changed changed);

    // ---- from pages ----
    // The caller has made sure that the phone exists.
    void Watch(const std::string& phone, std::shared_ptr<BrowserPage> page);
    // The stream broke. Nothing happens if another page has taken over.
    void Unwatch(const std::string& phone, const BrowserPage* page);
    // SUPERSEDED, NO_PAGE, and what LinePort::Connect says.
    Result<std::string> Connect(const std::string& phone, const std::string& session, const std::string& offer);
    // All: UNKNOWN_LEG, WRONG_STATE; NO_MEDIA when the page has not connected.
    Status AnswerLeg(const std::string& phone, const LegId& leg);
    Status RejectLeg(const std::string& phone, const LegId& leg);
    Status HangUpLeg(const std::string& phone, const LegId& leg);
    Status HoldLeg(const std::string& phone, const LegId& leg, bool hold);
    Status SendDigits(const std::string& phone, const LegId& leg, const std::string& digits);
    Status SetEcho(const std::string& phone, bool on);

    // ---- from calls ----
    bool IsPresent(const std::string& phone) const;
    bool Has(const LegId& leg) const { return phone_of_.contains(leg); }
    Status Answer(const LegId& leg) override;
    Status Reject(const LegId& leg, int sip_status) override;
    Status Dial(const action::Dial& dial) override;
    void End(const LegId& leg) override;
    Status OfferHold(const LegId& leg, bool hold) override;
    Status AnswerTransfer(const LegId& leg, bool accept, int sip_status) override;
    Status ReportTransfer(const LegId& leg, int sip_status) override;
    void Tell(const Call& call, const Event& event, TimePoint now) override;

    // ---- from media, time and the directory ----
    void OnMedia(const LegId& line, BrowserMediaState state);
    // Every second: graces, unanswered legs, echoes, signs of life.
    void Sweep();
    void Forget(const std::string& phone);
    size_t size() const { return phones_.size(); }
    size_t legs() const { return phone_of_.size(); }

 private:
    struct Entry {
        BrowserLeg leg;
        SteadyTime ring_until{};
        bool is_open = false;  // has media
    };
    struct Phone {
        std::shared_ptr<BrowserPage> page;  // null: gone
        std::string session;
        bool is_connected = false;  // the present page has
        LegId line;                 // empty: no media so far
        BrowserMediaState media = BrowserMediaState::kNone;
        bool is_media_lost = false;
        SteadyTime missing_since{};  // the page, or its media
        bool is_present = false;
        SteadyTime echo_until{};
        std::map<LegId, Entry> legs;
    };
    Phone* Find(const std::string& phone);
    Phone* PhoneOf(const LegId& leg);
    Result<Entry*> FindLeg(const std::string& phone, const LegId& leg);
    Result<Entry*> RingingLeg(const std::string& phone, const LegId& leg);
    static bool IsHeard(const Entry& entry);
    static bool IsMissing(const Phone& phone) { return phone.page == nullptr || phone.is_media_lost; }
    void Missed(Phone& phone, bool was_missing);
    void SetPresent(const std::string& name, Phone& phone, bool present);
    void GiveUp(const std::string& name, Phone& phone);
    void SweepRinging(Phone& phone, SteadyTime now);
    // Whoever is heard is put on hold, so that another can be.
    void HoldOthers(Phone& phone, const LegId& leg);
    void SetHeld(Phone& phone, Entry& entry, bool held);
    void Direct(Phone& phone, Entry& entry);
    void TellPage(const Phone& phone, const Entry& entry);
    void CloseMedia(Phone& phone, Entry& entry);
    void StopEcho(Phone& phone);

    BrowserPhonesPorts ports_;
    Duration grace_;
    Listener listener_;
    Changed changed_;
    std::map<std::string, Phone> phones_;
    std::unordered_map<LegId, std::string> phone_of_;
    int ticks_ = 0;
};

}  // namespace trunkline::trunk
