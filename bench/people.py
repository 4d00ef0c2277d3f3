#!/usr/bin/env python3
"""Invented people for measuring the search: families at an address, twins, fathers and sons of one name, movers.

    bench/people.py people 1000000 > people.csv
    bench/people.py enquiries people.csv 2000 truth.csv > enquiries.csv

The same seed gives the same people. Postcodes lie in the never-used ZZ area, NHS numbers in the range kept for tests.
Nobody in these files exists.
"""

import argparse
import csv
import random
import sys
from datetime import date, timedelta

from names import BOYS, GIRLS, SAME_SOUND, SHORT, SURNAME_ENDS, SURNAME_STARTS, SURNAMES

TODAY = date(2026, 11, 1)
FIELDS = ["id", "given_name", "surname", "sex", "dob", "postcode", "nhs_no"]
INWARD = "ABDEFGHJLNPQRSTUWXYZ"


def weighted(rng, names, power):
    """A picker that takes early names oftener: the n-th in proportion to n to the minus power."""
    weights, total = [], 0.0
    for place in range(len(names)):
        total += (place + 3) ** -power
        weights.append(total)
    return lambda: rng.choices(names, cum_weights=weights)[0]


def surnames(rng):
    common = weighted(rng, SURNAMES, 0.75)
    rare = [a + b for a in SURNAME_STARTS for b in SURNAME_ENDS]
    rng.shuffle(rare)
    uncommon = weighted(rng, rare, 0.5)
    def pick():
        draw = rng.random()
        if draw < 0.02:
            return f"{common()}-{uncommon()}"
        return common() if draw < 0.62 else uncommon()
    return pick


def postcode_book(rng, count):
    """Postcodes in districts of unequal size, about 17 households in each."""
    districts = [f"ZZ{number}" for number in range(1, 61) for _ in range(rng.randrange(1, 5))]
    book = set()
    while len(book) < count:
        book.add(f"{rng.choice(districts)} {rng.randrange(10)}{rng.choice(INWARD)}{rng.choice(INWARD)}")
    return sorted(book)


def nhs_number(serial):
    """The serial-th number of the test range 999 000 0000 on, or nothing where no check digit exists."""
    nine = f"{999000000 + serial % 1000000:09d}"
    check = (11 - sum(int(d) * (10 - at) for at, d in enumerate(nine)) % 11) % 11
    return f"{nine}{check}" if check != 10 and nine != "999999999" else ""


def born(rng, youngest, oldest):
    return TODAY - timedelta(days=rng.randrange(int(youngest * 365.25), int(oldest * 365.25)))


def household(rng, surname, girl, boy):
    """(given, surname, sex, dob) of the people at one address."""
    name = surname()
    draw = rng.random()
    if draw < 0.30:
        sex = rng.choice("FM")
        return [(girl() if sex == "F" else boy(), name, sex, born(rng, 18, 95))]
    mother_born = born(rng, 18, 90)
    people = [(girl(), name if rng.random() < 0.75 else surname(), "F", mother_born)]
    father = None
    if rng.random() < 0.7:
        father = boy()
        people.append((father, name, "M", mother_born + timedelta(days=rng.randrange(-3000, 2000))))
    children = 0 if draw < 0.5 else rng.choices([1, 2, 3, 4, 5], [35, 40, 15, 7, 3])[0]
    birthday = mother_born + timedelta(days=rng.randrange(19 * 365, 36 * 365))
    for _ in range(children):
        if birthday > TODAY:
            break
        sex = rng.choice("FM")
        given = girl() if sex == "F" else (father if father and rng.random() < 0.04 else boy())
        people.append((given, name, sex, birthday))
        if rng.random() > 0.015:
            birthday += timedelta(days=rng.randrange(330, 1900))
    return [p for p in people if p[3] <= TODAY]


def make_people(count, seed, out):
    rng = random.Random(seed)
    surname, girl, boy = surnames(rng), weighted(rng, GIRLS, 0.6), weighted(rng, BOYS, 0.6)
    book = postcode_book(rng, max(20, count // 38))
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    made = 0
    while made < count:
        place = rng.choice(book)
        for given, name, sex, dob in household(rng, surname, girl, boy)[: count - made]:
            made += 1
            nhs = nhs_number(made) if rng.random() < 0.7 else ""
            writer.writerow([f"P{made:07d}", given.title(), name.title(), sex, dob.isoformat(), place, nhs])


def typo(rng, word):
    letters, at = list(word), rng.randrange(len(word))
    other = rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    kind = rng.randrange(4)
    if kind == 0 and len(letters) > 2:
        del letters[at]
    elif kind == 1:
        letters.insert(at, other)
    elif kind == 2 and len(letters) > 1:
        at = min(at, len(letters) - 2)
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    else:
        letters[at] = other
    return "".join(letters)


def worsened_name(rng, name, noise, short):
    draw, name = rng.random() / noise, name.upper()
    if draw < 0.03:
        return ""
    if draw < 0.13:
        name = typo(rng, name)
    elif draw < 0.155:
        name = typo(rng, typo(rng, name))
    elif draw < 0.21:
        name = SAME_SOUND.get(name, name)
    elif short and draw < 0.35:
        name = rng.choice(SHORT.get(name, name).split())
    elif short and draw < 0.36:
        name = name[:1]
    elif not short and draw < 0.23:
        name = rng.choice(SURNAMES)
    return name.title()


def worsened_dob(rng, dob, noise):
    draw = rng.random() / noise
    year, month, day = dob.split("-")
    if draw < 0.10:
        return ""
    if draw < 0.15 and int(day) <= 12:
        month, day = day, month
    elif draw < 0.21:
        at = rng.randrange(2)
        digits = list(year + month + day)
        place = rng.choice([2, 3, 5, 7])
        digits[place] = str((int(digits[place]) + 1 + at) % 10)
        text = "".join(digits)
        year, month, day = text[:4], text[4:6], text[6:]
    elif draw < 0.25:
        day = day[::-1]
    elif draw < 0.27:
        return born(rng, 0, 95).isoformat()
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return dob


def worsened_postcode(rng, postcode, noise, book):
    draw = rng.random() / noise
    if draw < 0.15:
        return ""
    if draw < 0.27:
        return rng.choice(book)
    if draw < 0.35:
        letters = list(postcode.replace(" ", ""))
        at = rng.randrange(1, len(letters))
        if rng.random() < 0.4:
            letters[at - 1], letters[at] = letters[at], letters[at - 1]
        else:
            letters[at] = rng.choice("0123456789" if letters[at].isdigit() else INWARD)
        return "".join(letters[:-3]) + " " + "".join(letters[-3:])
    return postcode


def make_enquiries(people, count, seed, noise, truth, out):
    rng = random.Random(seed)
    rows = list(csv.DictReader(open(people, encoding="utf-8")))
    book = [row["postcode"] for row in rng.sample(rows, min(len(rows), 5000))]
    writer, key = csv.writer(out, lineterminator="\n"), csv.writer(open(truth, "w"), lineterminator="\n")
    writer.writerow(["id", "given_name", "surname", "dob", "postcode"])
    key.writerow(["enquiry", "id"])
    for number, row in enumerate(rng.sample(rows, count), 1):
        given = worsened_name(rng, row["given_name"], noise, True)
        family = worsened_name(rng, row["surname"], noise, False)
        if rng.random() < 0.03 * noise:
            given, family = family, given
        dob = worsened_dob(rng, row["dob"], noise)
        place = worsened_postcode(rng, row["postcode"], noise, book)
        writer.writerow([f"E{number}", given, family, dob, place])
        key.writerow([f"E{number}", row["id"]])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--noise", type=float, default=1.0, help="0.5 halves and 1.5 raises every chance of a mistake")
    what = parser.add_subparsers(dest="what", required=True)
    people = what.add_parser("people")
    people.add_argument("count", type=int)
    enquiries = what.add_parser("enquiries")
    enquiries.add_argument("people")
    enquiries.add_argument("count", type=int)
    enquiries.add_argument("truth")
    given = parser.parse_args()
    if given.what == "people":
        make_people(given.count, given.seed, sys.stdout)
    else:
        make_enquiries(given.people, given.count, given.seed, given.noise, given.truth, sys.stdout)


if __name__ == "__main__":
    main()
