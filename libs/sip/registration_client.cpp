// Registering at a carrier (RFC 3261 section 10.2).
#include "sip/registration_client.hpp"

#include <algorithm>

#include "sip/text.hpp"

namespace trunkline::sip {

namespace {
std::string WholeSeconds(Duration duration) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(duration).count());
}

Duration SecondsOr(std::string_view text, Duration otherwise) {
    const auto seconds = ParseNumber(Trim(text), UINT32_MAX);
    return seconds ? Duration(std::chrono::seconds(*seconds)) : otherwise;
}
}  // namespace

struct RegistrationClient::State : std::enable_shared_from_this<RegistrationClient::State> {
    State(UserAgent& ua, Timers& timers_, RegistrationSettings settings_, Changed changed_)
        : user_agent(ua),
          settings(std::move(settings_)),
          changed(std::move(changed_)),
          asked(settings.expires),
          retry(settings.first_retry),
          timer(timers_) {}

    void Send() {
        const Duration expires = removing ? Duration::zero() : asked;
        Message request = Message::Request("REGISTER", settings.registrar);
        NameAddr from = settings.address_of_record;
        NameAddr to = from;
        SetParam(from.params, "tag", "r" + std::to_string(sequence + 1));
        request.Add("From", from.ToString());
        request.Add("To", to.ToString());
        if (!call_id.empty()) request.Add("Call-ID", call_id);
        request.Add("CSeq", std::to_string(++sequence) + " REGISTER");
        request.Add("Expires", WholeSeconds(expires));
        in_flight = true;
        user_agent.Request({std::move(request), settings.next_hop, settings.account, settings.contact_user},
                           [weak = weak_from_this()](const Message& response, const Peer& /*source*/) {
                               if (const auto self = weak.lock()) self->OnResponse(response);
                           });
    }

    void OnResponse(const Message& response) {
        in_flight = false;
        call_id = response.CallId();
        const auto used = response.Sequence();
        if (used) sequence = std::max(sequence, used->number);  // a challenge has raised it
        status.status = response.status();
        status.reason = response.reason();
        if (removing) return Tell(RegistrationStatus::State::kRemoved, Duration::zero());
        if (remove_wanted) return StartRemoval();
        if (response.status() < 300) return OnRegistered(response);
        const Duration least = SecondsOr(response.Get("Min-Expires"), Duration::zero());
        if (response.status() == 423 && least > asked) {
            asked = least;
            return Send();
        }
        // Retry-After of the carrier wins over our own patience.
        timer.Start(std::max(retry, SecondsOr(response.Get("Retry-After"), retry)), [this] { Send(); });
        retry = std::min(retry * 2, settings.longest_retry);
        Tell(RegistrationStatus::State::kFailed, Duration::zero());
    }

    void OnRegistered(const Message& response) {
        Duration granted = SecondsOr(response.Get("Expires"), asked);
        for (const auto& text : response.GetList("Contact")) {
            const auto contact = ParseNameAddr(text);
            if (!contact || contact->uri.UserPart() != settings.contact_user) continue;
            if (const std::string* own = FindParam(contact->params, "expires")) granted = SecondsOr(*own, granted);
        }
        retry = settings.first_retry;
        // Early enough for two more attempts before the carrier forgets us.
        const Duration early = std::clamp<Duration>(granted / 5, std::chrono::seconds(1), std::chrono::seconds(60));
        timer.Start(std::max<Duration>(granted - early, std::chrono::seconds(1)), [this] { Send(); });
        Tell(RegistrationStatus::State::kRegistered, granted);
    }

    void StartRemoval() {
        remove_wanted = false;
        removing = true;
        timer.Stop();
        Send();
    }

    void Tell(RegistrationStatus::State state, Duration expires) {
        status.state = state;
        status.expires = expires;
        changed(status);
    }

    UserAgent& user_agent;
    RegistrationSettings settings;
    Changed changed;
    RegistrationStatus status;
    Duration asked;
    Duration retry;
    uint32_t sequence = 0;
    std::string call_id;  // one for all REGISTERs of this client (section 10.2)
    bool in_flight = false;
    bool remove_wanted = false;
    bool removing = false;
    Timer timer;
};

RegistrationClient::RegistrationClient(UserAgent& user_agent, Timers& timers, RegistrationSettings settings,
                                       Changed changed)
    : state_(std::make_shared<State>(user_agent, timers, std::move(settings), std::move(changed))) {}

RegistrationClient::~RegistrationClient() = default;

void RegistrationClient::Start() {
    if (!state_->in_flight) state_->Send();
}

void RegistrationClient::Remove() {
    if (state_->removing) return;
    if (state_->in_flight) {
        state_->remove_wanted = true;
    } else {
        state_->StartRemoval();
    }
}

const RegistrationStatus& RegistrationClient::status() const { return state_->status; }

}  // namespace trunkline::sip
