// The engine's commands about the lines of browsers.
#include "media/engine.hpp"
#include "media/engine_impl.hpp"

namespace trunkline::media {

Result<UdpSocket> Engine::Impl::BindOne(rtp::Address& local) {
    Error last;
    for (int attempt = 0; attempt < kBindAttempts; ++attempt) {
        const auto port = ports_.Acquire(clock_.SteadyNow());
        if (!port) return port.error();
        local.port = *port;
        auto socket = UdpSocket::Bind(local);
        if (socket) return socket;
        ports_.Release(*port, clock_.SteadyNow());
        last = socket.error();
        if (last.reason != "ADDRESS_IN_USE") break;
    }
    return last;
}

Result<LineMedia> Engine::Impl::OpenLine(const LegId& line) {
    auto local = rtp::MakeAddress(options_.local_ip, 0);
    if (!local) return local.error();
    const std::scoped_lock lock(mutex_);
    if (legs_.contains(line))
        return Error{Code::kAlreadyExists, "LEG_EXISTS", "leg " + line.str() + " is open already"};
    auto socket = BindOne(*local);
    if (!socket) return socket.error();
    const SendStream first(random_(), static_cast<uint16_t>(random_()), random_());
    const auto made = std::make_shared<Line>(line, std::move(*socket), certificate_, first);
    MediaThread& home = *threads_[next_thread_++ % threads_.size()];
    home.Adopt(std::make_unique<Leg>(line, LineLegOptions{options_.media_timeout}, Context()));
    legs_[line] = {&home, local->port};
    lines_[line] = {made, line, 0};
    Lend(line, line);
    return LineMedia{*local, first.ssrc()};
}

Status Engine::Impl::OpenLineLeg(const LegId& leg, const LineLegOptions& options) {
    const std::scoped_lock lock(mutex_);
    if (legs_.contains(leg)) return Error{Code::kAlreadyExists, "LEG_EXISTS", "leg " + leg.str() + " is open already"};
    MediaThread& home = *threads_[next_thread_++ % threads_.size()];
    home.Adopt(std::make_unique<Leg>(leg, options, Context()));
    legs_[leg] = {&home, 0};
    return {};
}

void Engine::Impl::Lend(const LegId& line, const LegId& leg) {
    LineEntry& entry = lines_.at(line);
    const uint64_t turn = ++entry.turn;
    // Before the taker is asked, so that its wait has an end.
    if (const auto holder = legs_.find(entry.holder); holder != legs_.end() && entry.holder != leg) {
        holder->second.home->Push([from = entry.holder](MediaThread& thread) {
            thread.WithLeg(from, [](MediaThread& there, Leg& giver) { there.LetLineGo(giver); });
        });
    }
    entry.holder = leg;
    legs_.at(leg).home->Push([leg, made = entry.line, turn](MediaThread& thread) { thread.TakeLine(leg, made, turn); });
}

Status Engine::Impl::LendLine(const LegId& line, const LegId& leg) {
    const std::scoped_lock lock(mutex_);
    const auto found = lines_.find(line);
    if (found == lines_.end()) return NotFound("LEG_NOT_FOUND", line.str());
    if (!legs_.contains(leg)) return NotFound("LEG_NOT_FOUND", leg.str());
    if (found->second.holder != leg) Lend(line, leg);
    return {};
}

void Engine::Impl::TakeBackLine(const LegId& leg) {
    // A line goes with its idle leg; whoever holds it keeps the socket until he is closed too.
    lines_.erase(leg);
    for (auto& [line, entry] : lines_) {
        if (entry.holder == leg) Lend(line, line);
    }
}

Status Engine::Impl::ConnectLine(const LegId& line, const webrtc::SessionParameters& parameters) {
    const std::scoped_lock lock(mutex_);
    const auto found = lines_.find(line);
    if (found == lines_.end()) return NotFound("LEG_NOT_FOUND", line.str());
    found->second.line->Connect(parameters);
    return {};
}

Result<LineMedia> Engine::OpenLine(const LegId& line) { return impl_->OpenLine(line); }

const std::string& Engine::Fingerprint() const { return impl_->certificate().fingerprint(); }

Status Engine::OpenLineLeg(const LegId& leg, const LineLegOptions& options) { return impl_->OpenLineLeg(leg, options); }

Status Engine::ConnectLine(const LegId& line, const webrtc::SessionParameters& parameters) {
    return impl_->ConnectLine(line, parameters);
}

Status Engine::LendLine(const LegId& line, const LegId& leg) { return impl_->LendLine(line, leg); }

Status Engine::Echo(const LegId& leg, bool on) {
    return impl_->OnLeg(leg, [on](MediaThread&, Leg& echoing) { echoing.RelayTo(on ? &echoing : nullptr); });
}

Status Engine::PressDigits(const LegId& leg, std::string_view digits) {
    if (digits.find_first_not_of("0123456789*#ABCD") != std::string_view::npos) {
        return Error{Code::kInvalidArgument, "INVALID_DIGIT", "digits are 0-9 * # A-D"};
    }
    return impl_->OnLeg(leg, [text = std::string(digits)](MediaThread&, Leg& pressed) { pressed.PressDigits(text); });
}

}  // namespace trunkline::media
