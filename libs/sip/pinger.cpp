// OPTIONS as a sign of life.
#include "sip/pinger.hpp"

namespace trunkline::sip {

struct Pinger::State : std::enable_shared_from_this<Pinger::State> {
    State(UserAgent& ua, Timers& timers, PingerSettings settings_, Changed changed_)
        : user_agent(ua), settings(std::move(settings_)), changed(std::move(changed_)), timer(timers) {}

    void Send() {
        user_agent.Request({Message::Request("OPTIONS", settings.target), settings.next_hop, std::nullopt, ""},
                           [weak = weak_from_this()](const Message& response, const Peer& /*source*/) {
                               if (const auto self = weak.lock()) self->OnResponse(response.status());
                           });
    }

    void OnResponse(int status) {
        const bool answered = status != 408 && status != 503;
        failures = answered ? 0 : failures + 1;
        timer.Start(settings.interval, [this] { Send(); });
        const bool now_alive = answered || (alive && failures < settings.failures_until_down);
        if (now_alive == alive && told) return;
        told = true;
        alive = now_alive;
        changed(alive, status);
    }

    UserAgent& user_agent;
    PingerSettings settings;
    Changed changed;
    bool alive = false;
    bool told = false;
    int failures = 0;
    Timer timer;
};

Pinger::Pinger(UserAgent& user_agent, Timers& timers, PingerSettings settings, Changed changed)
    : state_(std::make_shared<State>(user_agent, timers, std::move(settings), std::move(changed))) {}

Pinger::~Pinger() = default;

void Pinger::Start() { state_->Send(); }

bool Pinger::alive() const { return state_->alive; }

}  // namespace trunkline::sip
