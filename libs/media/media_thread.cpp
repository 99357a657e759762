// One media thread.
#include "media/media_thread.hpp"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::media {
namespace {

constexpr int kEventsAtOnce = 256;
// More ticks than these are not made up for: it would only send a burst.
constexpr uint64_t kMostTicksAtOnce = 3;
// Beside a leg's address in epoll's data; a Leg is aligned, so bit 0 is free.
constexpr uint64_t kControlBit = 1;

bool Watched(int poll, int descriptor, uint64_t data) {
    epoll_event event{};
    // Edge-triggered: an empty socket is not asked again, so who is told must read it empty.
    event.events = EPOLLIN | EPOLLET;
    event.data.u64 = data;
    return epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

int TickTimer() {
    const int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    itimerspec period{};
    period.it_interval.tv_nsec = period.it_value.tv_nsec = kFrameMillis * 1'000'000;
    timerfd_settime(timer, 0, &period, nullptr);
    return timer;
}

uint64_t ReadCount(int descriptor) {
    uint64_t count = 0;
    return read(descriptor, &count, sizeof count) == sizeof count ? count : 0;
}

}  // namespace

MediaThread::MediaThread(LegContext context, size_t queue_limit)
    : context_(context),
      queue_limit_(queue_limit),
      poll_(epoll_create1(EPOLL_CLOEXEC)),
      timer_(TickTimer()),
      wake_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    // Legs are told apart from these two by their addresses.
    const bool ready = Watched(poll_, timer_, reinterpret_cast<uint64_t>(&timer_)) &&
                       Watched(poll_, wake_, reinterpret_cast<uint64_t>(&wake_));
    if (!ready) throw std::system_error(errno, std::generic_category(), "cannot start a media thread");
    thread_ = std::thread([this] { Run(); });
}

MediaThread::~MediaThread() {
    Stop();
    for (const int descriptor : {poll_, timer_, wake_}) close(descriptor);
}

bool MediaThread::Post(Command command) {
    {
        const std::scoped_lock lock(mutex_);
        if (commands_.size() >= queue_limit_ || stopping_) return false;
    }
    Push(std::move(command));
    return true;
}

void MediaThread::Push(Command command) {
    bool first = false;
    {
        const std::scoped_lock lock(mutex_);
        first = commands_.empty();
        commands_.push_back(std::move(command));
    }
    if (first) eventfd_write(wake_, 1);
}

void MediaThread::Adopt(std::unique_ptr<Leg> leg) {
    {
        const std::scoped_lock lock(mutex_);
        adopted_.push_back(std::move(leg));
    }
    Push([](MediaThread& self) {
        std::vector<std::unique_ptr<Leg>> arrived;
        {
            const std::scoped_lock lock(self.mutex_);
            arrived.swap(self.adopted_);
        }
        for (auto& newcomer : arrived) {
            self.moved_.erase(newcomer->id());
            self.Watch(*newcomer);
            self.legs_[newcomer->id()] = std::move(newcomer);
        }
    });
}

void MediaThread::Stop() {
    if (!thread_.joinable()) return;
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    eventfd_write(wake_, 1);
    thread_.join();
}

void MediaThread::WithLeg(const LegId& leg, LegCommand command) {
    if (const auto found = legs_.find(leg); found != legs_.end()) {
        command(*this, *found->second);
    } else if (const auto moved = moved_.find(leg); moved != moved_.end()) {
        moved->second->Push([leg, command = std::move(command)](MediaThread& there) { there.WithLeg(leg, command); });
    }
}

void MediaThread::Connect(const BridgeId& bridge, MediaThread& owner, Leg& leg) {
    Disconnect(leg);
    if (&owner == this) {
        bridge_of_[leg.id()] = bridge;
        bridges_[bridge].Add(leg);
        return;
    }
    const LegId id = leg.id();
    moved_[id] = &owner;
    owner.Adopt(Take(id));
    owner.Push([id, bridge](MediaThread& there) {
        there.WithLeg(id, [&](MediaThread&, Leg& arrived) { there.Connect(bridge, there, arrived); });
    });
}

void MediaThread::Disconnect(Leg& leg) {
    const auto found = bridge_of_.find(leg.id());
    if (found == bridge_of_.end()) return;
    bridges_[found->second].Remove(leg);
    bridge_of_.erase(found);
}

void MediaThread::EndBridge(const BridgeId& id) {
    const auto found = bridges_.find(id);
    if (found == bridges_.end()) return;
    while (!found->second.legs().empty()) Disconnect(*found->second.legs().back());
    bridges_.erase(found);
}

void MediaThread::RefreshBridge(const Leg& leg) {
    if (const auto found = bridge_of_.find(leg.id()); found != bridge_of_.end()) bridges_[found->second].Refresh();
}

void MediaThread::CloseLeg(const LegId& leg) {
    if (const auto found = legs_.find(leg); found != legs_.end()) {
        Disconnect(*found->second);
        found->second->Close(now_);
        Take(leg);
    } else if (const auto moved = moved_.find(leg); moved != moved_.end()) {
        moved->second->Push([leg](MediaThread& there) { there.CloseLeg(leg); });
        moved_.erase(moved);
    }
}

std::unique_ptr<Leg> MediaThread::Take(const LegId& leg) {
    auto node = legs_.extract(leg);
    Unwatch(*node.mapped());
    return std::move(node.mapped());
}

void MediaThread::Watch(Leg& leg) {
    const auto address = reinterpret_cast<uint64_t>(&leg);
    const auto watch = [&](int descriptor, uint64_t data) {
        return descriptor < 0 || Watched(poll_, descriptor, data);
    };
    const bool watched =
        watch(leg.rtp().descriptor(), address) && watch(leg.control().descriptor(), address | kControlBit);
    // The leg stays deaf, and its media time-out will end the call.
    if (!watched) log::Error("the packets of a leg cannot be waited for", {{log::kLegId, leg.id().str()}});
}

void MediaThread::TakeLine(const LegId& leg, const std::shared_ptr<Line>& line, uint64_t turn) {
    WithLeg(leg, [line, turn](MediaThread& there, Leg& taker) {
        const auto grip = line->Take(turn);
        if (grip == Line::Grip::kTaken) {
            taker.HoldLine(line);
            there.Watch(taker);
        } else if (grip == Line::Grip::kWait) {
            there.Push([id = taker.id(), line, turn](MediaThread& self) { self.TakeLine(id, line, turn); });
        }
    });
}

void MediaThread::LetLineGo(Leg& leg) {
    if (leg.line() == nullptr) return;
    Unwatch(leg);
    leg.LetLineGo();
}

void MediaThread::Unwatch(const Leg& leg) {
    epoll_ctl(poll_, EPOLL_CTL_DEL, leg.rtp().descriptor(), nullptr);
    epoll_ctl(poll_, EPOLL_CTL_DEL, leg.control().descriptor(), nullptr);
}

void MediaThread::Run() {
    std::array<epoll_event, kEventsAtOnce> events;
    bool running = true;
    while (running) {
        const int count = epoll_wait(poll_, events.data(), kEventsAtOnce, -1);
        now_ = context_.clock.SteadyNow();
        bool commanded = false;
        bool ticked = false;
        for (int i = 0; i < count; ++i) {
            const uint64_t data = events[static_cast<size_t>(i)].data.u64;
            if (data == reinterpret_cast<uint64_t>(&wake_)) {
                commanded = true;
            } else if (data == reinterpret_cast<uint64_t>(&timer_)) {
                ticked = true;
            } else if ((data & kControlBit) != 0) {
                reinterpret_cast<Leg*>(data & ~kControlBit)->ReceiveControl(batch_, now_);
            } else {
                reinterpret_cast<Leg*>(data)->ReceiveMedia(batch_, now_);
            }
        }
        if (ticked) Tick();
        // Last, because a command may take a leg away that an event above still names.
        if (commanded) {
            RunCommands();
            const std::scoped_lock lock(mutex_);
            running = !stopping_ || !commands_.empty();
        }
        // What comes in the next millisecond is taken together: many packets for one wake-up.
        poll(nullptr, 0, 1);
    }
}

bool MediaThread::RunCommands() {
    ReadCount(wake_);
    std::vector<Command> commands;
    {
        const std::scoped_lock lock(mutex_);
        commands.swap(commands_);
    }
    for (const auto& command : commands) command(*this);
    return !commands.empty();
}

void MediaThread::CloseLegs() {
    for (auto& [id, leg] : legs_) leg->Close(now_);
    bridges_.clear();
    legs_.clear();
}

void MediaThread::Tick() {
    const uint64_t periods = ReadCount(timer_);
    if (periods > 1) Count(context_.counters.late_ticks);
    for (uint64_t i = 0; i < std::min(periods, kMostTicksAtOnce); ++i) {
        for (auto& [id, bridge] : bridges_) bridge.Tick();
        for (auto& [id, leg] : legs_) leg->Tick(now_);
    }
}

}  // namespace trunkline::media
