// Processing REGISTER requests (RFC 3261 section 10.3).
#include "sip/registrar.hpp"

#include <algorithm>
#include <optional>

#include "sip/text.hpp"

namespace trunkline::sip {

namespace {
// One contact of a request with the expiry that it asks for.
struct Wanted {
    NameAddr contact;
    Duration expires;
};

std::optional<Duration> SecondsIn(std::string_view text) {
    const auto seconds = ParseNumber(Trim(text), UINT32_MAX);
    if (!seconds) return std::nullopt;
    return std::chrono::seconds(*seconds);
}

// URIs of contacts compare without display name and header parameters (section 10.3, step 7).
bool SameContact(const NameAddr& a, const NameAddr& b) {
    return a.uri.scheme == b.uri.scheme && a.uri.UserPart() == b.uri.UserPart() &&
           EqualsIgnoreCase(a.uri.host, b.uri.host) && a.uri.port == b.uri.port;
}

RegistrarReply Refuse(int status, std::string reason, std::vector<Header> headers = {}) {
    return {status, std::move(reason), std::move(headers)};
}

std::string WholeSeconds(Duration duration) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(duration).count());
}

// An older request of the same client that arrives late must not undo a newer one (section 10.3, steps 6 and 7).
bool IsOutdated(const Binding& binding, std::string_view call_id, uint32_t sequence) {
    return binding.call_id == call_id && sequence <= binding.sequence;
}

Result<std::vector<Wanted>> ReadContacts(const Message& request, Duration default_expires) {
    std::vector<Wanted> wanted;
    const auto header = SecondsIn(request.Get("Expires"));
    for (const auto& text : request.GetList("Contact")) {
        auto contact = ParseNameAddr(text);
        if (!contact) return contact.error();
        const std::string* own = FindParam(contact->params, "expires");
        const auto expires = own ? SecondsIn(*own) : header;
        wanted.push_back({std::move(*contact), expires.value_or(default_expires)});
    }
    return wanted;
}
}  // namespace

Registrar::Registrar(RegistrarSettings settings, Changed changed) : settings_(settings), changed_(std::move(changed)) {}

std::string Registrar::AddressOfRecord(const Uri& uri) { return uri.UserPart() + "@" + ToLower(uri.host); }

RegistrarReply Registrar::Register(const Message& request, const Peer& source, SteadyTime now) {
    const auto to = request.To();
    const auto sequence = request.Sequence();
    if (!to || !sequence) return Refuse(400, "Bad To");
    const std::string record = AddressOfRecord(to->uri);
    const std::string call_id(request.CallId());
    std::vector<Binding> bindings = Lookup(record, now);
    const bool outdated = std::any_of(bindings.begin(), bindings.end(), [&](const Binding& binding) {
        return IsOutdated(binding, call_id, sequence->number);
    });
    const bool asks_only = request.Find("Contact") == nullptr;
    if (outdated && !asks_only) return Refuse(500, "Registration Out Of Order");
    if (Trim(request.Get("Contact")) == "*") {
        if (SecondsIn(request.Get("Expires")) != Duration::zero()) return Refuse(400, "Contact * needs Expires 0");
        bindings.clear();
    } else {
        const auto wanted = ReadContacts(request, settings_.default_expires);
        if (!wanted) return Refuse(400, "Bad Contact");
        for (const auto& [contact, expires] : *wanted) {
            if (expires > Duration::zero() && expires < settings_.min_expires) {
                return Refuse(423, "Interval Too Brief", {{"Min-Expires", WholeSeconds(settings_.min_expires)}});
            }
            std::erase_if(bindings, [&](const Binding& binding) { return SameContact(binding.contact, contact); });
            if (expires == Duration::zero()) continue;
            const SteadyTime until = now + std::min(expires, settings_.max_expires);
            bindings.insert(bindings.begin(), {contact, call_id, sequence->number, until, source});
        }
    }
    if (bindings.size() > settings_.max_bindings) return Refuse(403, "Too Many Contacts");
    RegistrarReply reply;
    for (const auto& binding : bindings) {
        NameAddr contact = binding.contact;
        SetParam(contact.params, "expires", WholeSeconds(binding.expires_at - now));
        reply.headers.push_back({"Contact", contact.ToString()});
    }
    if (asks_only) return reply;
    if (bindings.empty()) {
        bindings_.erase(record);
    } else {
        bindings_[record] = bindings;
    }
    changed_(record, bindings);
    return reply;
}

std::vector<Binding> Registrar::Lookup(const std::string& address_of_record, SteadyTime now) const {
    const auto found = bindings_.find(address_of_record);
    if (found == bindings_.end()) return {};
    std::vector<Binding> live = found->second;
    std::erase_if(live, [&](const Binding& binding) { return binding.expires_at <= now; });
    return live;
}

void Registrar::Expire(SteadyTime now) {
    for (auto it = bindings_.begin(); it != bindings_.end();) {
        const size_t before = it->second.size();
        std::erase_if(it->second, [&](const Binding& binding) { return binding.expires_at <= now; });
        if (it->second.size() != before) changed_(it->first, it->second);
        it = it->second.empty() ? bindings_.erase(it) : std::next(it);
    }
}

}  // namespace trunkline::sip
