// A SIP message (RFC 3261 section 7): its headers in order, and its wire form.
#include "sip/message.hpp"

#include <algorithm>

#include "sip/header_name.hpp"
#include "sip/text.hpp"

namespace trunkline::sip {
namespace {

// Headers that a response takes over from its request, in the order of RFC 3261 section 8.2.6.
constexpr std::string_view kCopied[] = {"Via", "Record-Route", "From", "To", "Call-ID", "CSeq", "Timestamp"};

bool IsCopied(std::string_view name, const Message& request, int status) {
    if (name == "Record-Route") return request.method() == "INVITE" && status > 100 && status < 300;
    if (name == "Timestamp") return status == 100;
    return true;
}

// No value that the program sets can begin a header of its own.
std::string WithoutLineEnds(std::string value) {
    std::replace(value.begin(), value.end(), '\r', ' ');
    std::replace(value.begin(), value.end(), '\n', ' ');
    return value;
}

}  // namespace

const std::string* FindParam(const Params& params, std::string_view name) {
    const auto found = std::find_if(params.begin(), params.end(),
                                    [name](const Param& param) { return EqualsIgnoreCase(param.name, name); });
    return found == params.end() ? nullptr : &found->value;
}

void SetParam(Params& params, std::string_view name, std::string value) {
    const auto found = std::find_if(params.begin(), params.end(),
                                    [name](const Param& param) { return EqualsIgnoreCase(param.name, name); });
    if (found == params.end()) {
        params.push_back({std::string(name), std::move(value)});
    } else {
        found->value = std::move(value);
    }
}

Message Message::Request(std::string method, Uri request_uri) {
    Message message;
    message.method_ = std::move(method);
    message.uri_ = std::move(request_uri);
    return message;
}

Message Message::Response(int status, std::string reason) {
    Message message;
    message.status_ = status;
    message.reason_ = WithoutLineEnds(std::move(reason));
    return message;
}

const std::string* Message::Find(std::string_view name) const {
    const auto found = std::find_if(headers_.begin(), headers_.end(),
                                    [name](const Header& header) { return EqualsIgnoreCase(header.name, name); });
    return found == headers_.end() ? nullptr : &found->value;
}

std::string_view Message::Get(std::string_view name) const {
    const std::string* value = Find(name);
    return value == nullptr ? std::string_view() : std::string_view(*value);
}

std::vector<std::string> Message::GetList(std::string_view name) const {
    std::vector<std::string> values;
    const bool is_list = IsListHeader(name);
    for (const Header& header : headers_) {
        if (!EqualsIgnoreCase(header.name, name)) continue;
        if (is_list) {
            for (const auto element : SplitList(header.value)) values.emplace_back(element);
        } else {
            values.push_back(header.value);
        }
    }
    return values;
}

void Message::Add(std::string_view name, std::string value) {
    headers_.push_back({CanonicalName(name), WithoutLineEnds(std::move(value))});
    LearnMethod(headers_.back());
}

void Message::AddFirst(std::string_view name, std::string value) {
    headers_.insert(headers_.begin(), {CanonicalName(name), WithoutLineEnds(std::move(value))});
    LearnMethod(headers_.front());
}

void Message::Set(std::string_view name, std::string value) {
    const auto canonical = CanonicalName(name);
    const auto has_name = [&canonical](const Header& header) { return EqualsIgnoreCase(header.name, canonical); };
    const auto first = std::find_if(headers_.begin(), headers_.end(), has_name);
    if (first == headers_.end()) return Add(canonical, std::move(value));
    first->value = WithoutLineEnds(std::move(value));
    LearnMethod(*first);
    headers_.erase(std::remove_if(first + 1, headers_.end(), has_name), headers_.end());
}

void Message::Remove(std::string_view name) {
    const auto has_name = [name](const Header& header) { return EqualsIgnoreCase(header.name, name); };
    headers_.erase(std::remove_if(headers_.begin(), headers_.end(), has_name), headers_.end());
}

bool Message::HasToken(std::string_view header, std::string_view token) const {
    const auto values = GetList(header);
    return std::any_of(values.begin(), values.end(),
                       [token](const std::string& value) { return EqualsIgnoreCase(value, token); });
}

void Message::SetBody(std::string content_type, std::string body) {
    body_ = std::move(body);
    if (body_.empty()) {
        Remove("Content-Type");
    } else {
        Set("Content-Type", std::move(content_type));
    }
}

void Message::LearnMethod(const Header& header) {
    if (IsRequest() || header.name != "CSeq") return;
    if (auto sequence = ParseCSeq(header.value)) method_ = std::move(sequence->method);
}

Result<Via> Message::TopVia() const { return ParseVia(FirstElement(Get("Via"))); }
Result<NameAddr> Message::From() const { return ParseNameAddr(Get("From")); }
Result<NameAddr> Message::To() const { return ParseNameAddr(Get("To")); }
Result<NameAddr> Message::Contact() const { return ParseNameAddr(FirstElement(Get("Contact"))); }
Result<CSeq> Message::Sequence() const { return ParseCSeq(Get("CSeq")); }

std::string Message::ToString() const {
    std::string text = IsRequest() ? method_ + ' ' + uri_.ToString() + " SIP/2.0\r\n"
                                   : "SIP/2.0 " + std::to_string(status_) + ' ' + reason_ + "\r\n";
    for (const Header& header : headers_) {
        if (header.name == "Content-Length") continue;
        text += header.name;
        text += ": ";
        text += header.value;
        text += "\r\n";
    }
    text += "Content-Length: " + std::to_string(body_.size()) + "\r\n\r\n";
    return text + body_;
}

Message MakeResponse(const Message& request, int status, std::string reason, std::string_view to_tag) {
    Message response = Message::Response(status, std::move(reason));
    for (const auto name : kCopied) {
        if (!IsCopied(name, request, status)) continue;
        for (const Header& header : request.headers()) {
            if (header.name == name) response.Add(name, header.value);
        }
    }
    const auto to = response.To();
    if (!to_tag.empty() && to && to->Tag().empty()) {
        response.Set("To", std::string(response.Get("To")) + ";tag=" + std::string(to_tag));
    }
    return response;
}

}  // namespace trunkline::sip
