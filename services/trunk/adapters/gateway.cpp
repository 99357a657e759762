// Wiring, the media's events, the tick of every second.
#include "trunk/adapters/gateway.hpp"

#include <random>
#include <stdexcept>

#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::trunk {
namespace {

constexpr auto kTick = std::chrono::seconds(1);
constexpr int kTicksBetweenResolving = 60;

// Which of several trunks is chosen need not be unguessable, only even.
double RandomShare() {
    thread_local std::minstd_rand generator{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(generator);
}

PlayResult ToDomain(media::PlayResult result) {
    switch (result) {
        case media::PlayResult::kFinished:
            return PlayResult::kFinished;
        case media::PlayResult::kBarged:
            return PlayResult::kBarged;
        case media::PlayResult::kStopped:
            return PlayResult::kStopped;
        case media::PlayResult::kFailed:
            return PlayResult::kFailed;
    }
    return PlayResult::kFailed;
}

}  // namespace

// The digit timers of all legs on the wheel of the SIP thread.
class Gateway::Timers final : public DigitTimers {
 public:
    explicit Timers(Gateway& gateway) : gateway_(gateway) {}

    void Start(const LegId& leg, Duration delay) override {
        auto& timer = timers_[leg];
        if (timer == nullptr) {
            timer = std::make_unique<sip::Timer>(gateway_.reactor_.timers());
        }
        timer->Start(delay, [this, leg] {
            timers_.erase(leg);
            gateway_.calls_.OnLeg(leg, input::DigitTimeout{leg});
        });
    }
    void Stop(const LegId& leg) override { timers_.erase(leg); }

 private:
    Gateway& gateway_;
    std::unordered_map<LegId, std::unique_ptr<sip::Timer>> timers_;
};

Gateway::Gateway(GatewaySettings settings, GatewayPorts ports)
    : settings_(std::move(settings)),
      ports_(ports),
      reactor_(ports.clock),
      transport_(reactor_, settings_.transport),
      resolver_(reactor_),
      phones_(directory_, settings_.registrar),
      digest_(directory_, settings_.realm, settings_.nonce_secret, ports.clock),
      engine_(settings_.engine, ports.clock, [this](media::Event event) { OnMedia(event); }),
      media_(engine_, ports.prompts),
      recorder_(engine_, ports.spool),
      load_(settings_.load),
      probe_(reactor_.timers(), engine_, ports.spool.directory()),
      outbound_({directory_, reactor_.timers(), ports.metrics, load_, RandomShare}),
      legs_({engine_, directory_, phones_, reactor_.timers(), outbound_}, settings_.legs),
      lines_(engine_, settings_.legs.media, settings_.browser_grace),
      browsers_({lines_, ports.clock, ports.ids}, settings_.browser_grace),
      switch_(legs_, browsers_),
      digit_timers_(std::make_unique<Timers>(*this)),
      links_(phones_, ports.clock, ports.metrics),
      call_metrics_(ports.metrics),
      calls_({switch_,
              media_,
              recorder_,
              *digit_timers_,
              {&links_, &ports_.facts, &call_metrics_, &browsers_},
              ports.clock,
              ports.ids},
             settings_.grace),
      gate_({directory_, digest_, phones_, legs_, calls_, outbound_.lines(), load_, ports.metrics, ports.ids,
             reactor_.timers()},
            settings_.most_calls),
      user_agent_({reactor_.timers(), transport_, resolver_, ports.ids}, settings_.user_agent, gate_, legs_),
      carriers_({directory_, user_agent_, reactor_.timers(), resolver_},
                [this](const std::string& trunk, bool up, const std::string& reason) {
                    outbound_.lines().SetUp(trunk, up);
                    ports_.metrics.SetCarrier(trunk, up);
                    ports_.facts.TellCarrier(trunk, up, reason, ports_.clock.Now());
                }),
      call_control_(SipThread(reactor_), links_),
      tick_(reactor_.timers()) {
    legs_.Bind(user_agent_, [this](const LegId& leg, const Input& input) { calls_.OnLeg(leg, input); });
    browsers_.Bind([this](const LegId& leg, const Input& input) { calls_.OnLeg(leg, input); },
                   [this](const std::string& phone, bool present) { phones_.SetBrowser(phone, present); });
    gate_.Bind(user_agent_);
    links_.Bind(calls_, [this](std::function<void()> task) { reactor_.Post(std::move(task)); });
    phones_.OnChange(
        [this](const std::string& phone, bool registered, const std::string& contact, const std::string& reason) {
            links_.TellRegistration(phone, registered);
            ports_.facts.TellPhone(phone, registered, registered ? contact : reason, ports_.clock.Now());
        });
    Listen();
}

Gateway::~Gateway() { Stop(); }

void Gateway::Listen() {
    const std::pair<sip::Protocol, std::optional<uint16_t>> wanted[] = {{sip::Protocol::kUdp, settings_.udp_port},
                                                                        {sip::Protocol::kTcp, settings_.tcp_port},
                                                                        {sip::Protocol::kTls, settings_.tls_port}};
    for (const auto& [protocol, port] : wanted) {
        if (!port) {
            continue;
        }
        const auto bound = transport_.Listen(protocol, settings_.sip_listen, *port);
        if (!bound.ok()) {
            throw std::runtime_error(bound.error().message);
        }
        bound_[protocol] = bound->port();
        log::Info("listening for SIP", {{log::kAddress, bound->ToString()}, {log::kName, ProtocolName(protocol)}});
    }
}

uint16_t Gateway::port(sip::Protocol protocol) const {
    const auto found = bound_.find(protocol);
    return found == bound_.end() ? 0 : found->second;
}

void Gateway::Start() {
    tick_.Start(kTick, [this] { Tick(); });
    thread_ = std::thread([this] {
        probe_.Start();
        reactor_.Run();
    });
}

void Gateway::Open(Directory directory) {
    reactor_.Post([this, loaded = std::move(directory)]() mutable {
        directory_ = std::move(loaded);
        carriers_.RefreshAll();
        gate_.SetOpen(true);
    });
}

void Gateway::ChangePhone(const std::string& name, const std::function<void()>& change) {
    const bool was_reachable = phones_.IsReachable(name);
    change();
    if (phones_.IsReachable(name) != was_reachable) {
        links_.TellRegistration(name, !was_reachable);
    }
}

void Gateway::PutPhone(Phone phone) {
    const std::string name = phone.name;
    ChangePhone(name, [&] { directory_.Put(std::move(phone)); });
}

void Gateway::DeletePhone(const std::string& name) {
    browsers_.Forget(name);
    ChangePhone(name, [&] { (void)directory_.DeletePhone(name); });
}

void Gateway::Drain(std::chrono::steady_clock::time_point deadline) {
    reactor_.Post([this] {
        gate_.SetOpen(false);
        Tick();
    });
    {
        // The next tick tells how many calls are live; until it has run, some may be.
        std::unique_lock lock(mutex_);
        live_calls_ = 1;
        idle_.wait_until(lock, deadline, [this] { return live_calls_ == 0; });
    }
    (void)sip().Ask([this] { calls_.HangUpAll(); });
}

void Gateway::Stop() {
    if (thread_.joinable()) {
        reactor_.Stop();
        thread_.join();
        engine_.Stop();
    }
}

void Gateway::OnMedia(const media::Event& event) {
    if (const auto* closed = std::get_if<media::RecordingClosed>(&event)) {
        ports_.spool.Finish(closed->recording, closed->samples);
        return;
    }
    if (const auto* failing = std::get_if<media::RecordingFailing>(&event)) {
        ports_.metrics.journal_errors.Increment();
        log::Error("a recording cannot be written",
                   {{log::kRecordingId, failing->recording.str()}, {log::kReason, failing->reason}});
        return;
    }
    reactor_.Post([this, event] {
        if (const auto* digit = std::get_if<media::DigitPressed>(&event)) {
            calls_.OnLeg(digit->leg, input::DigitKeyed{digit->leg, digit->digit});
        } else if (const auto* done = std::get_if<media::PlayDone>(&event)) {
            calls_.OnLeg(done->leg, input::PlayDone{done->leg, done->play.str(), ToDomain(done->result)});
        } else if (const auto* timeout = std::get_if<media::MediaTimeout>(&event)) {
            calls_.OnLeg(timeout->leg, input::MediaLost{timeout->leg});
        } else if (const auto* line = std::get_if<media::LineChanged>(&event)) {
            browsers_.OnMedia(line->line, ToPage(line->state));
        } else if (const auto* closed = std::get_if<media::LegClosed>(&event)) {
            OnLegClosed(*closed);
        }
    });
}

void Gateway::OnLegClosed(const media::LegClosed& closed) {
    const media::LegStatistics& statistics = closed.statistics;
    ports_.metrics.packets_lost.Increment(static_cast<double>(std::max<int64_t>(0, statistics.packets_lost)));
    if (statistics.packets_received > 0) {
        ports_.metrics.jitter_seconds.Observe(statistics.jitter_millis / 1000);
    }
}

void Gateway::TakeLoad() {
    const bool was_shedding = load_.shed_percent() > 0;
    load_.Take(probe_.Take());
    ports_.metrics.shed_ratio.Set(load_.shed_percent() / 100.0);
    if ((load_.shed_percent() > 0) != was_shedding) {
        log::Warning(was_shedding ? "the overload is over" : "overload: new calls are shed",
                     {{log::kReason, load_.reason()}});
    }
}

void Gateway::Tick() {
    tick_.Start(kTick, [this] { Tick(); });
    TakeLoad();
    calls_.Sweep();
    gate_.Sweep();
    phones_.Expire(reactor_.timers().Now());
    browsers_.Sweep();
    if (++ticks_ % kTicksBetweenResolving == 0) {
        carriers_.ResolveAll();
    }
    Metrics& metrics = ports_.metrics;
    metrics.calls_live.Set(static_cast<double>(calls_.live_calls()));
    metrics.legs_live.Set(static_cast<double>(legs_.size() + browsers_.legs()));
    metrics.phones_registered.Set(static_cast<double>(phones_.registered()));
    metrics.browser_phones.Set(static_cast<double>(browsers_.size()));
    const media::EngineTotals totals = engine_.Totals();
    Metrics::Raise(metrics.packets_received, totals.packets_received);
    Metrics::Raise(metrics.packets_sent, totals.packets_sent);
    Metrics::Raise(metrics.packets_foreign, totals.foreign_dropped);
    const sip::SipCounters counters = user_agent_.counters();
    metrics.SetSipMessages("dropped", counters.dropped);
    metrics.SetSipMessages("rejected", counters.rejected);
    metrics.SetSipMessages("refused_busy", counters.refused_busy);
    metrics.SetSipMessages("retransmitted", counters.retransmitted);
    metrics.SetSipMessages("absorbed", counters.absorbed);
    const std::lock_guard lock(mutex_);
    live_calls_ = calls_.live_calls();
    if (live_calls_ == 0) {
        idle_.notify_all();
    }
}

}  // namespace trunkline::trunk
