// Start and stop order, signals, readiness, ports. A hidden test case is the process that gets the signals.
#include "service/host.hpp"

#include <arpa/inet.h>
#include <grpcpp/generic/generic_stub.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <iostream>
#include <semaphore>
#include <thread>

namespace trunkline::service {
namespace {

// Listens on a port of loopback as long as it lives.
class Listener {
 public:
    Listener() : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        REQUIRE(bind(socket_, generic, length) == 0);
        REQUIRE(listen(socket_, 1) == 0);
        REQUIRE(getsockname(socket_, generic, &length) == 0);
        port_ = ntohs(address.sin_port);
    }
    ~Listener() { close(socket_); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
    int socket_;
    int port_ = 0;
};

// Says what is done to it; "stuck" never ends its drain.
class Speaker final : public Component {
 public:
    explicit Speaker(std::string name) : name_(std::move(name)) {}
    void Start() override { Say("start"); }
    void Drain(std::chrono::steady_clock::time_point) override {
        Say("drain");
        if (name_ == "stuck") {
            std::binary_semaphore(0).acquire();
        }
    }
    void Stop() override { Say("stop"); }

 private:
    void Say(const std::string& what) const { std::cout << what << " " << name_ << std::endl; }
    std::string name_;
};

TEST_CASE("child: a host with two components, ready when told so on standard input", "[.child]") {
    const char* address = std::getenv("CHILD_ADDRESS");
    const char* second = std::getenv("CHILD_SECOND");
    HostConfig config;
    config.name = "child";
    config.grpc_listen = address == nullptr ? "127.0.0.1:0" : address;
    Host host(config);
    host.SetReady("database", false);
    std::thread([&host] {
        for (std::string line; std::getline(std::cin, line);) {
            host.SetReady("database", line == "ready");
        }
    }).detach();
    Speaker first("first");
    Speaker other(second == nullptr ? "second" : second);
    std::_Exit(host.Run({&first, &other}));
}

// The test program itself, running the case above.
class Child {
 public:
    Child() {
        REQUIRE(pipe(input_.data()) == 0);
        REQUIRE(pipe(output_.data()) == 0);
        process_ = fork();
        if (process_ == 0) {
            dup2(input_[0], STDIN_FILENO);
            dup2(output_[1], STDOUT_FILENO);
            close(input_[1]);
            execl("/proc/self/exe", "child", "[.child]", nullptr);
            _exit(127);
        }
        close(input_[0]);
        close(output_[1]);
    }
    ~Child() {
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
        close(input_[1]);
        close(output_[0]);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    void Signal(int number) const { kill(process_, number); }
    void Tell(const std::string& line) const { REQUIRE(write(input_[1], (line + "\n").data(), line.size() + 1) > 0); }
    // Reads up to and including a text; up to the end when it does not come.
    std::string ReadTo(const std::string& text) {
        std::string seen;
        for (char letter = 0; seen.find(text) == std::string::npos && read(output_[0], &letter, 1) == 1;) {
            seen += letter;
        }
        return seen;
    }
    int ExitCode() {
        int status = 0;
        waitpid(process_, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

 private:
    std::array<int, 2> input_{};
    std::array<int, 2> output_{};
    pid_t process_ = 0;
};

TEST_CASE("service: SIGTERM drains and stops the parts in reverse order", "[service]") {
    Child child;
    child.ReadTo("start second\n");
    child.Signal(SIGTERM);
    CHECK(child.ReadTo("stop first\n") == "drain second\ndrain first\nstop second\nstop first\n");
    CHECK(child.ExitCode() == 0);
}

TEST_CASE("service: SIGINT stops without draining", "[service]") {
    Child child;
    child.ReadTo("start second\n");
    child.Signal(SIGINT);
    CHECK(child.ReadTo("stop first\n") == "stop second\nstop first\n");
    CHECK(child.ExitCode() == 0);
}

TEST_CASE("service: a second signal ends a drain that hangs", "[service]") {
    setenv("CHILD_SECOND", "stuck", 1);
    Child child;
    unsetenv("CHILD_SECOND");
    child.ReadTo("start stuck\n");
    child.Signal(SIGTERM);
    child.ReadTo("drain stuck\n");
    child.Signal(SIGTERM);
    CHECK(child.ExitCode() == 1);
}

// The serving status of grpc.health.v1: 1 is SERVING, 2 NOT_SERVING; 0 when there is no answer.
int Health(const std::shared_ptr<grpc::Channel>& channel) {
    grpc::GenericStub stub(channel);
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    rpc::SetDeadline(context, std::chrono::seconds(10));
    grpc::CompletionQueue queue;
    const grpc::Slice empty;
    const grpc::ByteBuffer request(&empty, 1);
    grpc::ByteBuffer response;
    grpc::Status status;
    const auto call = stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check", request, &queue);
    call->StartCall();
    call->Finish(&response, &status, nullptr);
    void* tag = nullptr;
    bool done = false;
    queue.Next(&tag, &done);
    grpc::Slice bytes;
    if (!status.ok() || !response.DumpToSingleSlice(&bytes).ok() || bytes.size() != 2) {
        return 0;
    }
    return bytes.begin()[1];  // field 1 as a varint: 08, then the value
}

TEST_CASE("service: the health service follows readiness", "[service]") {
    const std::string address = Listener().address();
    setenv("CHILD_ADDRESS", address.c_str(), 1);
    Child child;
    unsetenv("CHILD_ADDRESS");
    child.ReadTo("start second\n");
    const auto channel = rpc::Connect(address, {});
    CHECK(Health(channel) == 2);
    const auto follows = [&](const std::string& word, int expected) {
        child.Tell(word);
        int seen = 0;
        for (int i = 0; i < 1000 && seen != expected; ++i) {
            seen = Health(channel);
        }
        return seen == expected;
    };
    CHECK(follows("ready", 1));
    CHECK(follows("not ready", 2));
}

TEST_CASE("service: a port in use stops the start and is named with its key", "[service]") {
    const Listener taken;
    HostConfig config;
    config.name = "second";
    config.grpc_listen = taken.address();
    Host host(config);
    CHECK_THROWS_WITH(host.Run({}), Catch::Contains("grpc.listen = " + taken.address()));
    config.metrics_listen = taken.address();
    CHECK_THROWS_WITH(Host(config), Catch::Contains("metrics.listen = " + taken.address()));
}

TEST_CASE("service: a log level that does not exist is refused", "[service]") {
    HostConfig config;
    config.log_level = "loud";
    CHECK_THROWS_WITH(Host(config), Catch::Contains("'loud'"));
}

TEST_CASE("service: what stops the start is the exit code", "[service]") {
    CHECK(Main("test", [] { return 3; }) == 3);
    CHECK(Main("test", []() -> int { throw std::runtime_error("expected text of a test"); }) == 1);
}

}  // namespace
}  // namespace trunkline::service
