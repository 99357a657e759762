// Writes work and its event in one transaction; an id goes to the file of attempts before, to the file of acknowledged
// ones after COMMIT has returned. Event i of a producer is number i / 100 + 1 of its key i % 100, so one that was
// killed goes on where its table ends, and repeats what may or may not have been committed.
#include <fcntl.h>
#include <unistd.h>

#include "arguments.hpp"
#include "bus/outbox.hpp"
#include "bus/settings.hpp"
#include "ids/ids.hpp"
#include "log/log.hpp"

namespace trunkline::fault {
namespace {

constexpr int64_t kKeys = 100;
constexpr int64_t kBatch = 10;
constexpr const char* kCreateWork = "CREATE TABLE work (producer text, number bigint, PRIMARY KEY (producer, number))";
constexpr const char* kInsertWork =
    "INSERT INTO work SELECT $1, number FROM generate_series($2::bigint, $3::bigint) AS number ON CONFLICT DO NOTHING";

// Lines that are in the kernel's hands when Write returns, whoever is killed then.
class LineFile {
 public:
    explicit LineFile(const std::string& path) : file_(open(path.c_str(), O_CREAT | O_APPEND | O_WRONLY, 0644)) {}
    ~LineFile() { close(file_); }
    LineFile(const LineFile&) = delete;
    LineFile& operator=(const LineFile&) = delete;
    void Write(const std::string& lines) const {
        if (write(file_, lines.data(), lines.size()) != static_cast<ssize_t>(lines.size())) {
            throw std::runtime_error("cannot write a ledger file");
        }
    }

 private:
    int file_;
};

bus::Event MakeFact(const std::string& key, const std::string& type, std::string payload) {
    return {DerivedId(key + "/" + payload.substr(0, 20)), key, type, SystemClock().Now(), std::move(payload)};
}

// One of each kind of trouble: a large event, a type nobody knows, two that no consumer can apply, and one behind them.
std::vector<bus::Event> OddEvents() {
    return {MakeFact("large", "fault.Large", std::string(1 << 20, 'x')), MakeFact("unknown", "fault.Unknown", "1"),
            MakeFact("sick", "fault.Poison", "1"), MakeFact("sick", "fault.Poison", "2"),
            MakeFact("sick", "fault.Fact", "3")};
}

class Producer {
 public:
    explicit Producer(const Arguments& arguments)
        : pool_(PoolOf(arguments, "source")),
          name_(arguments.Get("name")),
          end_(arguments.Number("count")),
          pause_(std::chrono::nanoseconds(std::chrono::seconds(kBatch)) / arguments.Number("rate")),
          careless_(arguments.Get("control") == "ack-before-commit"),
          attempted_(arguments.Get("folder") + "/attempted"),
          acknowledged_(arguments.Get("folder") + "/acknowledged") {
        bus::MigrateAtStart(pool_, {{"0001_create_work", kCreateWork}});
    }

    int Run() {
        for (int64_t next = FirstMissing(); next < end_;) {
            const int64_t last = std::min(next + kBatch, end_);
            const std::string lines = Lines(next, last);
            attempted_.Write(lines);
            if (careless_) {
                acknowledged_.Write(lines);
            }
            const Status written = Write(next, last);
            if (written.ok() && !careless_) {
                acknowledged_.Write(lines);
            }
            if (written.ok() || careless_) {
                next = last;
            }
            SleepFor(pause_);
        }
        return 0;
    }

    int WriteOdd() {
        while (!pool_.Run([](pqxx::work& transaction) { bus::Append(transaction, OddEvents()); }).ok()) {
            SleepFor(std::chrono::milliseconds(50));
        }
        return 0;
    }

 private:
    std::string Key(int64_t number) const { return name_ + "/" + std::to_string(number % kKeys); }

    std::string Lines(int64_t first, int64_t last) const {
        std::string lines;
        for (int64_t number = first; number < last; ++number) {
            lines += Key(number) + " " + std::to_string(number / kKeys + 1) + "\n";
        }
        return lines;
    }

    Status Write(int64_t first, int64_t last) {
        return pool_.Run([&](pqxx::work& transaction) {
            transaction.exec_params(kInsertWork, name_, first, last - 1);
            std::vector<bus::Event> events;
            for (int64_t number = first; number < last; ++number) {
                events.push_back(MakeFact(Key(number), "fault.Fact", std::to_string(number / kKeys + 1)));
            }
            bus::Append(transaction, events);
        });
    }

    int64_t FirstMissing() {
        while (true) {
            const auto count = pool_.Run([&](pqxx::work& transaction) {
                return transaction.exec_params1("SELECT count(*) FROM work WHERE producer = $1", name_)[0]
                    .as<int64_t>();
            });
            if (count.ok()) {
                return *count;
            }
            SleepFor(std::chrono::milliseconds(50));
        }
    }

    db::Pool pool_;
    const std::string name_;
    const int64_t end_;
    const Duration pause_;
    const bool careless_;
    LineFile attempted_;
    LineFile acknowledged_;
};

}  // namespace
}  // namespace trunkline::fault

int main(int argc, char** argv) {
    using namespace trunkline;
    return service::Main("bus_producer", [&] {
        const fault::Arguments arguments(argc, argv);
        log::Configure("bus_producer", log::Level::kInfo);
        fault::Producer producer(arguments);
        return arguments.Get("name") == "odd" ? producer.WriteOdd() : producer.Run();
    });
}
