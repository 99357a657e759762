// The main() of every Catch2 program.
#define CATCH_CONFIG_RUNNER
#include <csignal>

#include <catch2/catch.hpp>

int main(int argc, char** argv) {
    // As service::Host does: a peer that went away is an error of write, not the end of the process.
    signal(SIGPIPE, SIG_IGN);
    return Catch::Session().run(argc, argv);
}
