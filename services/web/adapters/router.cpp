// Every answer gets the same security headers here, so that none can be forgotten.
#include "web/adapters/router.hpp"

#include "log/keys.hpp"
#include "log/log.hpp"
#include "web/domain/connect_code.hpp"
#include "web/domain/http_words.hpp"

namespace trunkline::web {
namespace {

// Nothing inline but one style, by its hash: that of the waveform (wavesurfer.js). A new version of it may need a new
// hash, which the browser tests tell; tests/browser/stage.mjs has the same policy.
constexpr const char* kPolicy =
    "default-src 'self'; script-src 'self'; style-src 'self' 'sha256-TerzLY4pakU0rbf9VEFUDQXZ/W4LAZy1N3yRTqsIsuo='; "
    "img-src 'self' data: blob:; media-src 'self' blob: data:; font-src 'self' data:; connect-src 'self' blob:; "
    "worker-src 'self' blob:; object-src "
    "'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

void Secure(const Request& request, Headers& headers) {
    headers.emplace_back("content-security-policy", kPolicy);
    headers.emplace_back("x-content-type-options", "nosniff");
    headers.emplace_back("x-frame-options", "DENY");
    headers.emplace_back("referrer-policy", "no-referrer");
    headers.emplace_back("cross-origin-opener-policy", "same-origin");
    headers.emplace_back("cross-origin-resource-policy", "same-origin");
    headers.emplace_back("permissions-policy", "microphone=(self), camera=(), geolocation=(), payment=()");
    if (request.secure) {
        headers.emplace_back("strict-transport-security", "max-age=31536000");
    }
}

// Passes everything on, and adds the headers to what is answered.
class SecureResponder final : public Responder {
 public:
    SecureResponder(const Request& request, Responder& inner) : request_(request), inner_(inner) {}

    Task<Result<std::string>> ReadBody(size_t limit) override { return inner_.ReadBody(limit); }
    Task<void> Send(Response response) override {
        Secure(request_, response.headers);
        return inner_.Send(std::move(response));
    }
    Task<void> Begin(Response head) override {
        Secure(request_, head.headers);
        return inner_.Begin(std::move(head));
    }
    Task<bool> Write(std::string bytes) override { return inner_.Write(std::move(bytes)); }
    Task<void> End() override { return inner_.End(); }
    void WatchPeer(std::function<void()> gone) override { inner_.WatchPeer(std::move(gone)); }

 private:
    const Request& request_;
    Responder& inner_;
};

void Log(const Request& request, const CallReport& report, std::chrono::nanoseconds took) {
    const std::string_view result = report.outcome ? CodeName(report.outcome->code) : "ok";
    log::Info("call", {{log::kMethod, report.method.empty() ? Printable(request.target, 100) : report.method},
                       {log::kResult, result},
                       {log::kReason, report.outcome ? report.outcome->reason : ""},
                       {log::kMillis, static_cast<double>(took.count()) / 1e6},
                       {log::kUserId, report.user},
                       {log::kPeer, request.client_address},
                       {log::kTraceId, request.trace_id}});
}

}  // namespace

Task<void> Router::Handle(const Request& asked, Responder& plain) {
    Request request = asked;
    request.trace_id = ids_.New();
    SecureResponder responder(request, plain);
    const SteadyTime start = clock_.SteadyNow();
    if (request.method == http::verb::post) {
        const CallReport report = co_await rpc_.Handle(request, responder);
        const auto took = clock_.SteadyNow() - start;
        Log(request, report, took);
        hooks_.called(report, took);
        co_return;
    }
    if (request.method == http::verb::get || request.method == http::verb::head) {
        hooks_.file_served();
        Response response = files_.Answer(request);
        co_await responder.Send(std::move(response));
        co_return;
    }
    Response refused = TextResponse(405, "this is for GET, HEAD and POST\n");
    refused.headers.emplace_back("allow", "GET, HEAD, POST");
    co_await responder.Send(std::move(refused));
}

}  // namespace trunkline::web
