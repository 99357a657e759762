// posix_spawn with two pipes. Standard error stays ours, so that the program's complaints reach the log.
#include "ivr/adapters/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace trunkline::ivr {
namespace {

constexpr size_t kMostOutput = 64 << 20;

// A file descriptor that closes itself.
class Descriptor {
 public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() { Close(); }

    void Close() {
        if (number_ >= 0) ::close(std::exchange(number_, -1));
    }
    int number() const { return number_; }

 private:
    int number_ = -1;
};

struct Pipe {
    Descriptor read;
    Descriptor write;

    bool Open() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
        read = Descriptor(ends[0]);
        write = Descriptor(ends[1]);
        return true;
    }
};

// A program under way; killed if it is still running in the end.
class Child {
 public:
    explicit Child(pid_t pid) : pid_(pid) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            Wait();
        }
    }
    // The exit status as of waitpid.
    int Wait() {
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = 0;
        return status;
    }

 private:
    pid_t pid_;
};

Error Failed(const std::string& program, const std::string& why) {
    return {Code::kUnavailable, "PROGRAM_FAILED", program + " " + why};
}

Result<pid_t> Spawn(const std::vector<std::string>& arguments, const Pipe& input, const Pipe& output) {
    std::vector<char*> pointers;
    for (const std::string& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input.read.number(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output.write.number(), STDOUT_FILENO);
    // Threads of a service block SIGTERM; the program must not inherit that.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    pid_t pid = 0;
    const int error = ::posix_spawnp(&pid, pointers[0], &actions, &attributes, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) return Failed(arguments[0], std::string("cannot be started: ") + std::strerror(error));
    return pid;
}

bool WriteAll(int descriptor, const std::string& text) {
    for (size_t done = 0; done < text.size();) {
        const ssize_t written = ::write(descriptor, text.data() + done, text.size() - done);
        if (written < 0 && errno != EINTR) return false;
        if (written > 0) done += static_cast<size_t>(written);
    }
    return true;
}

// Everything until the end of the stream.
Result<Bytes> ReadAll(int descriptor, const std::string& program, SteadyTime deadline, const Clock& clock) {
    Bytes bytes;
    std::array<uint8_t, 65536> buffer{};
    while (bytes.size() < kMostOutput) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - clock.SteadyNow()).count();
        pollfd waiting{descriptor, POLLIN, 0};
        if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) == 0) {
            return Error{Code::kDeadlineExceeded, "PROGRAM_TIMEOUT", program + " took too long and was killed"};
        }
        const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
        if (got == 0) return bytes;
        if (got > 0) bytes.insert(bytes.end(), buffer.begin(), buffer.begin() + got);
        if (got < 0 && errno != EINTR) return Failed(program, "cannot be read from");
    }
    return Failed(program, "wrote more than 64 MiB");
}

}  // namespace

Result<Bytes> RunProgram(const std::vector<std::string>& arguments, const std::string& input,
                         std::chrono::milliseconds limit, const Clock& clock) {
    const SteadyTime deadline = clock.SteadyNow() + limit;
    Pipe to_program;
    Pipe from_program;
    if (!to_program.Open() || !from_program.Open()) return Failed(arguments[0], "cannot be given pipes");
    const auto pid = Spawn(arguments, to_program, from_program);
    if (!pid) return pid.error();
    Child child(*pid);
    to_program.read.Close();
    from_program.write.Close();
    // A text is far smaller than a pipe holds, so this does not wait for the program to read.
    const bool written = WriteAll(to_program.write.number(), input);
    to_program.write.Close();
    auto output = ReadAll(from_program.read.number(), arguments[0], deadline, clock);
    if (!output) return output;
    const int status = child.Wait();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return Failed(arguments[0], "ended with an error");
    if (!written) return Failed(arguments[0], "did not read its input");
    return output;
}

}  // namespace trunkline::ivr
