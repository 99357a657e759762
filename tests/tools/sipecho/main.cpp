// sipecho: a peer for SIP tests. It answers calls, or connects them to a target as two legs, with every feature of the
// SIP engine switched on. It carries no media: SDP is handed through or echoed.
#include <getopt.h>
#include <sys/resource.h>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string>
#include <unordered_map>

#include "sip/digest.hpp"
#include "sip/registrar.hpp"
#include "sip/registration_client.hpp"
#include "sip/socket_transport.hpp"
#include "sip/user_agent.hpp"

namespace {
using namespace trunkline;  // NOLINT(google-build-using-namespace): a test program
using namespace std::chrono_literals;

struct Options {
    std::string address = "127.0.0.1";
    uint16_t port = 5080;
    bool tcp = false;
    std::string target;        // host:port: connect calls to it; empty: answer them
    int ring_millis = 0;       // before the answer
    bool early_media = false;  // 183 with SDP, reliable when the peer knows 100rel
    std::string account;       // user:password:realm, for challenges of the target
    std::string demand;        // user:password: callers must prove themselves
    std::string registrar;     // host:port: register there
    int change_millis = 0;     // after the answer: offer anew
    bool change_by_update = false;
    std::string refer_to;    // after the answer: REFER there
    int hang_up_millis = 0;  // after the answer: BYE
    int min_session_seconds = 90;
};

std::string PartOf(const std::string& text, int index) {
    size_t begin = 0;
    for (; index > 0; --index) begin = text.find(':', begin) + 1;
    return text.substr(begin, text.find(':', begin) - begin);
}

uint16_t PortOf(const std::string& text) {
    const std::string digits = PartOf(text, 1);
    uint16_t port = 5060;
    std::from_chars(digits.data(), digits.data() + digits.size(), port);
    return port;
}

// Answers an offer with our own address, or passes a session's description on.
std::string AnswerTo(const std::string& offer, const std::string& address) {
    std::string direction = "sendrecv";
    if (offer.find("a=sendonly") != std::string::npos) direction = "recvonly";
    if (offer.find("a=recvonly") != std::string::npos) direction = "sendonly";
    if (offer.find("a=inactive") != std::string::npos) direction = "inactive";
    return "v=0\r\no=- 1 1 IN IP4 " + address + "\r\ns=-\r\nc=IN IP4 " + address +
           "\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=" + direction + "\r\n";
}

class Echo final : public sip::UserAgentHandler, public sip::SessionHandler {
 public:
    Echo(sip::Reactor& reactor, SystemClock& clock, Options options)
        : reactor_(reactor), clock_(clock), options_(std::move(options)), nonces_("sipecho-test-secret!", 60s) {}

    sip::UserAgent* user_agent = nullptr;
    uint64_t calls = 0;
    uint64_t ended = 0;

    void OnInvite(sip::SessionId id, const sip::Message& invite, const sip::Peer&) override {
        ++calls;
        if (!options_.demand.empty() && !IsAuthorised(invite)) {
            const sip::Challenge challenge{kRealm, nonces_.Issue(kRealm, clock_.Now()), "", {}, true, false};
            Check(user_agent->Reject(id, 401, "", {{"WWW-Authenticate", challenge.ToString()}}));
            return;
        }
        if (!options_.target.empty()) return Connect(id, invite);
        const std::string answer = AnswerTo(invite.body(), options_.address);
        if (options_.early_media) {
            Check(user_agent->Progress(id, 183, "", answer));
        } else if (options_.ring_millis > 0) {
            Check(user_agent->Progress(id, 180));
        }
        if (options_.ring_millis == 0) return Check(user_agent->Answer(id, answer));
        After(options_.ring_millis, [this, id, answer] { Check(user_agent->Answer(id, answer)); });
    }

    void OnRegister(sip::RequestId id, const sip::Message& request, const sip::Peer& source) override {
        if (!options_.demand.empty() && !IsAuthorised(request)) {
            const sip::Challenge challenge{kRealm, nonces_.Issue(kRealm, clock_.Now()), "", {}, true, false};
            return Check(user_agent->Respond(id, 401, "", {{"WWW-Authenticate", challenge.ToString()}}));
        }
        const auto reply = registrar_.Register(request, source, clock_.SteadyNow());
        Check(user_agent->Respond(id, reply.status, reply.reason, reply.headers));
    }

    void OnRequest(sip::RequestId id, const sip::Message&, const sip::Peer&) override {
        Check(user_agent->Respond(id, 200));
    }

    void OnProvisional(sip::SessionId id, const sip::Message& response, const std::string& sdp) override {
        if (const auto other = Other(id)) Check(user_agent->Progress(*other, response.status(), "", sdp));
    }

    void OnAnswered(sip::SessionId id, const sip::Message&, const std::string& sdp) override {
        const auto other = Other(id);
        if (!other) return;
        if (!user_agent->Answer(*other, sdp)) Check(user_agent->End(id));
    }

    void OnConfirmed(sip::SessionId id) override {
        if (options_.change_millis > 0) {
            const auto by = options_.change_by_update ? sip::ReofferBy::kUpdate : sip::ReofferBy::kReinvite;
            After(options_.change_millis,
                  [this, id, by] { Check(user_agent->Reoffer(id, AnswerTo("a=recvonly", options_.address), by)); });
        }
        if (!options_.refer_to.empty()) {
            if (const auto to = sip::ParseNameAddr(options_.refer_to)) Check(user_agent->Refer(id, *to));
        }
        if (options_.hang_up_millis > 0) {
            After(options_.hang_up_millis, [this, id] { Check(user_agent->End(id)); });
        }
    }

    void OnOffer(sip::SessionId id, const std::string& sdp) override {
        Check(user_agent->AnswerOffer(id, AnswerTo(sdp, options_.address)));
    }

    void OnReofferDone(sip::SessionId, int status, const std::string&) override { std::printf("changed %d\n", status); }

    void OnEnded(sip::SessionId id, const sip::EndCause& cause) override {
        ++ended;
        const auto other = Other(id);
        others_.erase(id.value);
        if (!other) return;
        others_.erase(other->value);
        if (cause.kind != sip::EndCause::Kind::kRefused || !user_agent->Reject(*other, cause.status, cause.reason)) {
            Check(user_agent->End(*other));
        }
    }

    // Blind transfer: call the target, tell the one who asked how it goes.
    void OnRefer(sip::SessionId id, const sip::ReferRequest& request) override {
        Check(user_agent->AcceptRefer(id));
        Check(user_agent->NotifyRefer(id, 200));
        std::printf("refer %s%s\n", request.refer_to.uri.ToString().c_str(), request.replaces ? " replaces" : "");
    }

    void OnReferProgress(sip::SessionId id, int status, bool final) override {
        std::printf("refer progress %d%s\n", status, final ? " final" : "");
        if (final) Check(user_agent->End(id));
    }

    void OnInfoDigit(sip::SessionId, char digit, int millis) override { std::printf("digit %c %d\n", digit, millis); }

 private:
    static constexpr const char* kRealm = "sipecho";

    static void Check(const Status& status) {
        // A timer of ours may meet a call that has ended; everything else is worth a line.
        if (!status && status.error().reason != "SESSION_GONE")
            std::fprintf(stderr, "%s\n", status.error().message.c_str());
    }

    void After(int millis, std::function<void()> call) {
        reactor_.timers().Start(std::chrono::milliseconds(millis), std::move(call));
    }

    std::optional<sip::SessionId> Other(sip::SessionId id) const {
        const auto found = others_.find(id.value);
        if (found == others_.end()) return std::nullopt;
        return sip::SessionId{found->second};
    }

    void Connect(sip::SessionId id, const sip::Message& invite) {
        sip::InviteRequest request;
        request.to = invite.uri();
        const auto from = invite.From();
        if (from) request.from.uri = from->uri;
        request.sdp = invite.body();
        request.next_hop = sip::Hop{options_.tcp ? sip::Protocol::kTcp : sip::Protocol::kUdp,
                                    PartOf(options_.target, 0), PortOf(options_.target)};
        if (!options_.account.empty()) {
            request.account =
                sip::Account{PartOf(options_.account, 2), PartOf(options_.account, 0), PartOf(options_.account, 1)};
        }
        const auto second = user_agent->Invite(std::move(request));
        if (!second) return Check(user_agent->Reject(id, 503));
        others_[id.value] = second->value;
        others_[second->value] = id.value;
    }

    bool IsAuthorised(const sip::Message& request) {
        const auto credentials = sip::ParseCredentials(request.Get("Authorization"));
        if (!credentials || credentials->username != PartOf(options_.demand, 0)) return false;
        const auto verdict = nonces_.Check(credentials->nonce, kRealm, clock_.Now());
        if (verdict != sip::NonceIssuer::Verdict::kValid) return false;
        const auto secret =
            sip::DigestSecret(credentials->algorithm, credentials->username, kRealm, PartOf(options_.demand, 1));
        return sip::VerifyDigest(*credentials, secret, request.method());
    }

    sip::Reactor& reactor_;
    SystemClock& clock_;
    Options options_;
    sip::NonceIssuer nonces_;
    sip::Registrar registrar_{{}, [](const std::string&, const std::vector<sip::Binding>&) {}};
    std::unordered_map<uint64_t, uint64_t> others_;  // the other leg of a connected call
};

Options ReadOptions(int argc, char** argv) {
    static const option kLong[] = {
        {"address", 1, nullptr, 'a'}, {"port", 1, nullptr, 'p'},   {"tcp", 0, nullptr, 't'},
        {"target", 1, nullptr, 'T'},  {"ring", 1, nullptr, 'r'},   {"early-media", 0, nullptr, 'e'},
        {"account", 1, nullptr, 'A'}, {"demand", 1, nullptr, 'd'}, {"registrar", 1, nullptr, 'R'},
        {"change", 1, nullptr, 'c'},  {"update", 0, nullptr, 'u'}, {"refer", 1, nullptr, 'f'},
        {"hang-up", 1, nullptr, 'h'}, {"min-se", 1, nullptr, 'm'}, {nullptr, 0, nullptr, 0}};
    Options options;
    for (int key = 0; (key = getopt_long(argc, argv, "", kLong, nullptr)) != -1;) {
        const std::string value = optarg == nullptr ? "" : optarg;
        switch (key) {
            case 'a':
                options.address = value;
                break;
            case 'p':
                options.port = static_cast<uint16_t>(std::stoi(value));
                break;
            case 't':
                options.tcp = true;
                break;
            case 'T':
                options.target = value;
                break;
            case 'r':
                options.ring_millis = std::stoi(value);
                break;
            case 'e':
                options.early_media = true;
                break;
            case 'A':
                options.account = value;
                break;
            case 'd':
                options.demand = value;
                break;
            case 'R':
                options.registrar = value;
                break;
            case 'c':
                options.change_millis = std::stoi(value);
                break;
            case 'u':
                options.change_by_update = true;
                break;
            case 'f':
                options.refer_to = value;
                break;
            case 'h':
                options.hang_up_millis = std::stoi(value);
                break;
            case 'm':
                options.min_session_seconds = std::stoi(value);
                break;
            default:
                std::exit(2);
        }
    }
    return options;
}

sip::Reactor* running = nullptr;  // for the signal handler

void PrintFigures(const Echo& echo, const sip::UserAgent& user_agent) {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto millis = [](const timeval& time) { return time.tv_sec * 1000 + time.tv_usec / 1000; };
    const auto counters = user_agent.counters();
    std::printf("calls %llu ended %llu open %zu cpu_ms %ld rss_kib %ld dropped %llu retransmitted %llu absorbed %llu\n",
                static_cast<unsigned long long>(echo.calls), static_cast<unsigned long long>(echo.ended),
                user_agent.session_count(), millis(usage.ru_utime) + millis(usage.ru_stime), usage.ru_maxrss,
                static_cast<unsigned long long>(counters.dropped),
                static_cast<unsigned long long>(counters.retransmitted),
                static_cast<unsigned long long>(counters.absorbed));
}
}  // namespace

int main(int argc, char** argv) {
    setvbuf(stdout, nullptr, _IOLBF, 0);
    const Options options = ReadOptions(argc, argv);
    SystemClock clock;
    UuidGenerator ids;
    sip::Reactor reactor(clock);
    sip::SocketTransport transport(reactor, {});
    for (const auto protocol : {sip::Protocol::kUdp, sip::Protocol::kTcp}) {
        const auto bound = transport.Listen(protocol, options.address, options.port);
        if (!bound) return std::fprintf(stderr, "%s\n", bound.error().message.c_str()), 1;
    }
    sip::SystemResolver resolver(reactor);
    Echo echo(reactor, clock, options);
    sip::UserAgentSettings settings;
    settings.product = "sipecho";
    settings.min_session_expires = std::chrono::seconds(options.min_session_seconds);
    sip::UserAgent user_agent({reactor.timers(), transport, resolver, ids}, settings, echo, echo);
    echo.user_agent = &user_agent;
    std::optional<sip::RegistrationClient> registration;
    if (!options.registrar.empty()) {
        sip::RegistrationSettings wanted;
        wanted.registrar.host = PartOf(options.registrar, 0);
        wanted.registrar.port = PortOf(options.registrar);
        wanted.address_of_record.uri = wanted.registrar;
        wanted.address_of_record.uri.user = wanted.contact_user = PartOf(options.account, 0);
        wanted.account =
            sip::Account{PartOf(options.account, 2), PartOf(options.account, 0), PartOf(options.account, 1)};
        registration.emplace(user_agent, reactor.timers(), wanted, [](const sip::RegistrationStatus& status) {
            std::printf("registration %d\n", status.status);
        });
        registration->Start();
    }
    running = &reactor;
    const auto stop = [](int) { running->Stop(); };
    std::signal(SIGTERM, stop);
    std::signal(SIGINT, stop);
    std::printf("ready\n");
    reactor.Run();
    PrintFigures(echo, user_agent);
    return 0;
}
