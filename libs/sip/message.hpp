// A SIP message (RFC 3261 section 7): start line, headers in order, body. Values only; nothing here reads a socket.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "result/result.hpp"

namespace trunkline::sip {

// Parameters of a URI, a Via or a name-addr in order of appearance; names compare without case, a flag has an empty
// value.
struct Param {
    std::string name;
    std::string value;
};
using Params = std::vector<Param>;
// The value of the first parameter of that name, or nullptr.
const std::string* FindParam(const Params& params, std::string_view name);
void SetParam(Params& params, std::string_view name, std::string value);

// sip:, sips: or tel: URI (RFC 3261 section 19.1, RFC 3966). `user` and `host` are unescaped-safe: escapes are kept as
// they came and compared after decoding by UserPart().
struct Uri {
    std::string scheme = "sip";
    std::string user;      // as on the wire, escapes kept
    std::string password;  // as on the wire
    std::string host;      // IPv6 with brackets
    uint16_t port = 0;     // 0: not given
    Params params;
    std::string headers;  // after '?', as on the wire

    // The user part with %-escapes decoded (RFC 3261 section 19.1.2).
    std::string UserPart() const;
    std::string ToString() const;
};

// name-addr or addr-spec with header parameters: From, To, Contact, Route, Refer-To (RFC 3261 section 20).
struct NameAddr {
    std::string display;  // without quotes, unescaped
    Uri uri;
    Params params;  // header parameters, such as tag

    std::string Tag() const;
    std::string ToString() const;
};

// One Via value (RFC 3261 section 20.42).
struct Via {
    std::string transport;  // UDP, TCP, TLS, upper case
    std::string host;
    uint16_t port = 0;
    Params params;

    std::string Branch() const;
    std::string ToString() const;
};

struct CSeq {
    uint32_t number = 0;  // < 2^31
    std::string method;
};

struct Header {
    std::string name;  // canonical form: "Via", "Call-ID" (compact forms are expanded when read)
    std::string value;
};

// A request or a response. Copyable value; move it where it is only handed on.
class Message {
 public:
    static Message Request(std::string method, Uri request_uri);
    static Message Response(int status, std::string reason);

    bool IsRequest() const { return status_ == 0; }
    const std::string& method() const { return method_; }  // request line's method; CSeq's for a response
    const Uri& uri() const { return uri_; }
    void set_uri(Uri uri) { uri_ = std::move(uri); }
    int status() const { return status_; }  // 0 for a request
    const std::string& reason() const { return reason_; }

    const std::vector<Header>& headers() const { return headers_; }
    // The first value of that header, or nullptr. Names compare without case.
    const std::string* Find(std::string_view name) const;
    std::string_view Get(std::string_view name) const;  // empty when absent
    // Every value of that header, comma lists split (RFC 3261 section 7.3.1).
    std::vector<std::string> GetList(std::string_view name) const;
    void Add(std::string_view name, std::string value);
    void AddFirst(std::string_view name, std::string value);
    void Set(std::string_view name, std::string value);  // replaces every value
    void Remove(std::string_view name);
    // Is `token` in the comma list of that header (Supported, Require, Allow)?
    bool HasToken(std::string_view header, std::string_view token) const;

    const std::string& body() const { return body_; }
    void SetBody(std::string content_type, std::string body);

    // What every request and response carries, parsed. Empty Result means the header is absent or not well formed.
    Result<Via> TopVia() const;
    Result<NameAddr> From() const;
    Result<NameAddr> To() const;
    Result<NameAddr> Contact() const;  // the first; "*" is an error
    Result<CSeq> Sequence() const;
    std::string_view CallId() const { return Get("Call-ID"); }

    // Wire form with CRLF, Content-Length always written.
    std::string ToString() const;

 private:
    friend struct MessageReader;
    // A response has the method of its CSeq.
    void LearnMethod(const Header& header);

    std::string method_;
    Uri uri_;
    int status_ = 0;
    std::string reason_;
    std::vector<Header> headers_;
    std::string body_;
};

// Any other scheme is read as an absolute URI: what stands behind the colon is kept in `user`, the host stays empty.
Result<Uri> ParseUri(std::string_view text);
Result<NameAddr> ParseNameAddr(std::string_view text);
Result<Via> ParseVia(std::string_view text);
Result<CSeq> ParseCSeq(std::string_view text);

// `text` as the user part of a URI, %-escaped where RFC 3261 section 25.1 demands it. The way from data to a URI.
std::string EscapeUser(std::string_view text);

// A response to `request` with Via, From, To (with `to_tag` when it had none), Call-ID, CSeq copied (RFC 3261 section
// 8.2.6). Record-Route is copied for 101-299 of INVITE.
Message MakeResponse(const Message& request, int status, std::string reason, std::string_view to_tag);

}  // namespace trunkline::sip
