// Transfer by REFER (RFC 3515 section 2.4).
#include "sip/transfer.hpp"

#include <utility>

#include "sip/text.hpp"

namespace trunkline::sip {

namespace {
std::string Unescape(std::string_view text) {
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool escape =
            text[i] == '%' && i + 2 < text.size() && HexDigit(text[i + 1]) >= 0 && HexDigit(text[i + 2]) >= 0;
        if (!escape) {
            out += text[i];
            continue;
        }
        out += static_cast<char>(HexDigit(text[i + 1]) * 16 + HexDigit(text[i + 2]));
        i += 2;
    }
    return out;
}

// "Replaces=...&Subject=...": the unescaped value of that header, empty when absent.
std::string HeaderInUri(std::string_view headers, std::string_view name) {
    while (!headers.empty()) {
        const size_t end = std::min(headers.find('&'), headers.size());
        const std::string_view field = headers.substr(0, end);
        headers.remove_prefix(std::min(end + 1, headers.size()));
        const size_t equals = field.find('=');
        if (equals == std::string_view::npos || !EqualsIgnoreCase(field.substr(0, equals), name)) continue;
        return Unescape(field.substr(equals + 1));
    }
    return "";
}
}  // namespace

Result<ReferRequest> ParseRefer(const Message& refer) {
    ReferRequest request;
    auto refer_to = ParseNameAddr(refer.Get("Refer-To"));
    if (!refer_to) return refer_to.error();
    request.refer_to = std::move(*refer_to);
    const std::string replaces = HeaderInUri(request.refer_to.uri.headers, "Replaces");
    request.refer_to.uri.headers.clear();
    if (!replaces.empty()) {
        auto parsed = ParseReplaces(replaces);
        if (!parsed) return parsed.error();
        request.replaces = std::move(*parsed);
    }
    request.referred_by = refer.Get("Referred-By");
    return request;
}

int StatusOfFragment(std::string_view body) {
    constexpr std::string_view kVersion = "SIP/2.0 ";
    if (!body.starts_with(kVersion)) return 0;
    const auto status = ParseNumber(body.substr(kVersion.size(), 3), 699);
    return status && *status >= 100 ? static_cast<int>(*status) : 0;
}

Status Transfer::Send(const NameAddr& refer_to, const std::string& referred_by) {
    if (sent_) return WrongState("An earlier transfer of this call is still under way.");
    Message refer = core_.dialog.MakeRequest("REFER");
    refer.Add("Refer-To", refer_to.ToString());
    if (!referred_by.empty()) refer.Add("Referred-By", referred_by);
    sent_ = true;
    core_.SendInDialog(std::move(refer), [this](const Message& response, const Peer&) {
        if (response.status() < 300) return;
        sent_ = false;
        if (!core_.ended) core_.handler().OnReferProgress(core_.id, response.status(), true);
    });
    return {};
}

void Transfer::OnNotify(ServerId server, const Message& notify) {
    const std::string_view event = notify.Get("Event");
    if (!EqualsIgnoreCase(Trim(event.substr(0, event.find(';'))), "refer")) return core_.Respond(server, notify, 489);
    if (!sent_) return core_.Respond(server, notify, 481);
    core_.Respond(server, notify, 200);
    const std::string_view subscription = notify.Get("Subscription-State");
    const int status = StatusOfFragment(notify.body());
    const bool final =
        EqualsIgnoreCase(Trim(subscription.substr(0, subscription.find(';'))), "terminated") || status >= 200;
    if (final) sent_ = false;
    if (status != 0 || final) core_.handler().OnReferProgress(core_.id, status != 0 ? status : 487, final);
}

void Transfer::OnRefer(ServerId server, const Message& refer) {
    if (asked_) return core_.Respond(server, refer, 491);
    auto request = ParseRefer(refer);
    if (!request) return core_.Respond(server, refer, 400, "Bad Refer-To");
    const auto sequence = refer.Sequence();
    asked_ = Asked{server, refer, sequence ? sequence->number : 0};
    core_.dialog.RefreshTarget(refer);
    core_.handler().OnRefer(core_.id, *request);
}

Status Transfer::Accept() {
    if (!asked_ || asked_->server == 0) return WrongState("No transfer request waits for an answer.");
    Message response = core_.MakeAnswer(asked_->refer, 202);
    core_.AddAbilities(response);
    core_.Respond(std::exchange(asked_->server, 0), response);
    SendNotify(100, "Trying");
    return {};
}

Status Transfer::Refuse(int status, std::string reason) {
    if (!asked_ || asked_->server == 0) return WrongState("No transfer request waits for an answer.");
    const Asked asked = *std::exchange(asked_, std::nullopt);
    core_.Respond(asked.server, asked.refer, status, std::move(reason));
    return {};
}

Status Transfer::Notify(int status, std::string reason) {
    if (!asked_ || asked_->server != 0) return WrongState("No transfer has been accepted.");
    SendNotify(status, reason.empty() ? ReasonPhrase(status) : reason);
    if (status >= 200) asked_.reset();
    return {};
}

void Transfer::SendNotify(int status, const std::string& reason) {
    Message notify = core_.dialog.MakeRequest("NOTIFY");
    notify.Add("Event", "refer;id=" + std::to_string(asked_->sequence));
    notify.Add("Subscription-State", status >= 200 ? "terminated;reason=noresource" : "active;expires=60");
    notify.SetBody("message/sipfrag;version=2.0", "SIP/2.0 " + std::to_string(status) + " " + reason + "\r\n");
    core_.SendInDialog(std::move(notify), [](const Message&, const Peer&) {});
}

void Transfer::Stop() {
    if (asked_ && asked_->server != 0) core_.Respond(asked_->server, asked_->refer, 487);
    asked_.reset();
}

}  // namespace trunkline::sip
