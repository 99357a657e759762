// A transaction that can put work off to just before COMMIT, so that a lock which that work takes is held briefly.
#pragma once
#include <memory>
#include <pqxx/pqxx>
#include <utility>
#include <vector>

namespace trunkline::db {

// Something to be done last in a transaction.
class CommitStep {
 public:
    virtual ~CommitStep() = default;
    // May throw pqxx exceptions, which end the transaction.
    virtual void BeforeCommit(pqxx::work& transaction) = 0;
};

// What Pool::Run hands to its work. Used on one thread, as every pqxx transaction.
class Transaction final : public pqxx::work {
 public:
    // libpqxx 6 has a virtual base, which the most derived class must name.
    explicit Transaction(pqxx::connection& connection)
        : pqxx::internal::namedclass("transaction"), pqxx::work(connection) {}

    // The step of this type; made when first asked for.
    template <class Step>
    Step& Last() {
        for (const auto& step : steps_) {
            if (auto* found = dynamic_cast<Step*>(step.get())) {
                return *found;
            }
        }
        steps_.push_back(std::make_unique<Step>());
        return static_cast<Step&>(*steps_.back());
    }

    // The server was told (synchronous_commit off) that COMMIT need not wait for the disk: a crash of the server may
    // undo this transaction, never without what was committed after it.
    void SetLazy() { lazy_ = true; }
    // What was SetLazy waits for the disk after all, as everything else does.
    void EnsureDurable() {
        if (std::exchange(lazy_, false)) {
            exec("SET LOCAL synchronous_commit TO DEFAULT");
        }
    }

    // Runs the steps, then commits.
    void Finish() {
        for (const auto& step : steps_) {
            step->BeforeCommit(*this);
        }
        commit();
    }

 private:
    std::vector<std::unique_ptr<CommitStep>> steps_;
    bool lazy_ = false;
};

}  // namespace trunkline::db
