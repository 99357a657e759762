"""kill -9 of customer, knowledge and identity while people write.

Needs TRUNKLINE_SUITE. What was confirmed is there afterwards, what had to be tried again is there once, the supervisor
brings the service back, and nobody has to sign in anew."""
import os
import signal
import sys
import threading
import time
import unittest

from kit.people import LIST, WebTest, password
from kit.processes import pid_of, wait_until_replaced

WRITES, KILLS, PATIENCE_SECONDS = 80, 2, 30
# What a page takes for "try again".
AGAIN = {"unavailable", "deadline_exceeded", "aborted"}


class KillInUseTest(WebTest):
    def setUp(self):
        self.mark = "kill" + os.urandom(4).hex()

    def confirmed(self, method, message):
        """Asks, with the same request each time, until it is confirmed; returns the answer and how often it took."""
        end = time.monotonic() + PATIENCE_SECONDS
        for tries in range(1, 1000):
            answer = self.admin.call(method, message)
            if answer.status == 200:
                return answer, tries
            self.assertIn(answer.code, AGAIN, answer.body)
            self.assertLess(time.monotonic(), end, f"{method} is not back after {PATIENCE_SECONDS} s: {answer.body}")
            time.sleep(0.05)

    def write_while_it_is_killed(self, service, write):
        """Writes one thing after the other; in the midst of it the service is killed, twice."""
        written = threading.Semaphore(0)
        done = threading.Event()
        killed = []

        def kill():
            for _ in range(KILLS):
                for _ in range(WRITES // (KILLS + 1)):
                    written.acquire()
                pid = pid_of(self.suite, service)
                os.kill(pid, signal.SIGKILL)
                wait_until_replaced(self.suite, service, pid)
                killed.append(pid)
            done.set()

        killer = threading.Thread(target=kill)
        killer.start()
        tries = []
        for number in range(WRITES):
            tries.append(write(number))
            written.release()
        killer.join(PATIENCE_SECONDS)
        self.assertTrue(done.is_set() and len(set(killed)) == KILLS, f"{service} was killed {KILLS} times and came back")
        self.assertGreater(max(tries), 1, "a kill met a request")

    def test_customers_that_were_confirmed_are_there_once(self):
        def write(number):
            message = {"requestId": f"{self.mark}-{number}", "customer": {"name": f"{self.mark} {number}", "tags": [self.mark]}}
            return self.confirmed("trunkline.customer.v1.Customers/CreateCustomer", message)[1]

        self.write_while_it_is_killed("customer", write)
        found, _ = self.confirmed("trunkline.customer.v1.Customers/SearchCustomers", {"tag": self.mark, "pageSize": 100})
        self.assertEqual(sorted(one["name"] for one in found.json["customers"]),
                         sorted(f"{self.mark} {number}" for number in range(WRITES)))

    def test_messages_that_were_confirmed_are_there_once(self):
        me = self.admin.call("trunkline.web.v1.Access/WhoAmI").json["user"]["userId"]

        def write(number):
            message = {"requestId": f"{self.mark}-{number}", "recipients": [me], "text": f"{self.mark} {number}"}
            return self.confirmed("trunkline.knowledge.v1.Office/SendMessage", message)[1]

        self.write_while_it_is_killed("knowledge", write)
        found, _ = self.confirmed("trunkline.knowledge.v1.Office/ListMessages", {})
        texts = [one["text"] for one in found.json["messages"] if one["text"].startswith(self.mark)]
        self.assertEqual(sorted(texts), sorted(f"{self.mark} {number}" for number in range(WRITES)))

    def test_users_that_were_confirmed_are_there_and_sessions_hold(self):
        def write(number):
            message = {"user": {"loginName": f"{self.mark}-{number}", "name": "n"}, "password": password("n")}
            return self.confirmed("trunkline.identity.v1.Users/PutUser", message)[1]

        self.write_while_it_is_killed("identity", write)
        found, _ = self.confirmed(LIST, {"search": self.mark, "pageSize": 100})
        names = [one["loginName"] for one in found.json["users"]]
        self.assertEqual(sorted(names), sorted(f"{self.mark}-{number}" for number in range(WRITES)))
        for name in names:
            self.confirmed("trunkline.identity.v1.Users/DeleteUser", {"userId": name})


if __name__ == "__main__":
    sys.exit(unittest.main())
