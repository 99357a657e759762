// One media thread: waits for packets, its 20 ms tick and commands, and owns the legs and bridges it was given.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "media/bridge.hpp"
#include "media/leg.hpp"

namespace trunkline::media {

class MediaThread {
 public:
    using Command = std::function<void(MediaThread&)>;
    using LegCommand = std::function<void(MediaThread&, Leg&)>;

    MediaThread(LegContext context, size_t queue_limit);
    ~MediaThread();

    // ---- any thread; never blocks ----
    // False when the queue is full; the command is not done then.
    bool Post(Command command);
    // As Post, but never refused: for the few commands that must not get lost.
    void Push(Command command);
    // Takes over a leg.
    void Adopt(std::unique_ptr<Leg> leg);
    // Ends the thread after the commands posted so far.
    void Stop();

    // ---- after Stop of all threads, on one other thread ----
    // Does what the others still handed over; false if there was nothing.
    bool RunCommands();
    void CloseLegs();

    // ---- commands only, on this thread ----
    SteadyTime now() const { return now_; }
    // Does it here, or where the leg has moved to. Nothing if the leg is gone.
    void WithLeg(const LegId& leg, LegCommand command);
    // Puts the leg into a bridge that lives on `owner`; moves it there first if that is another thread.
    void Connect(const BridgeId& bridge, MediaThread& owner, Leg& leg);
    void Disconnect(Leg& leg);
    Bridge& bridge(const BridgeId& id) { return bridges_[id]; }
    void EndBridge(const BridgeId& id);
    // To be called after a change of the leg's remote.
    void RefreshBridge(const Leg& leg);
    void CloseLeg(const LegId& leg);
    // Gives the line to the leg as soon as its holder has let go.
    void TakeLine(const LegId& leg, const std::shared_ptr<Line>& line, uint64_t turn);
    void LetLineGo(Leg& leg);

 private:
    void Run();
    void Tick();
    void Watch(Leg& leg);
    void Unwatch(const Leg& leg);
    std::unique_ptr<Leg> Take(const LegId& leg);

    LegContext context_;
    const size_t queue_limit_;
    int poll_ = -1;
    int timer_ = -1;
    int wake_ = -1;

    // Held for a push or a swap only, so nobody waits for work.
    std::mutex mutex_;
    std::vector<Command> commands_;
    std::vector<std::unique_ptr<Leg>> adopted_;
    bool stopping_ = false;

    // The thread's own.
    SteadyTime now_{};
    std::unordered_map<LegId, std::unique_ptr<Leg>> legs_;
    std::unordered_map<LegId, MediaThread*> moved_;
    std::unordered_map<BridgeId, Bridge> bridges_;
    std::unordered_map<LegId, BridgeId> bridge_of_;
    ReceiveBatch batch_;
    std::thread thread_;
};

}  // namespace trunkline::media
