"""`lianxin customers`, `outage`, `district` and `case`, as the person at the terminal sees them."""

CUSTOMERS = """户号,余额,电话,片区,户名,阶梯
1234567890,86.35,13800138000,城区,张三,2
1234567891,-12.05,"13900139000;010-88886666",2,李四,
12,5,,,,
1234567892,abc,,,,
"""


def test_customers_are_taken_in_once_however_often_the_file_comes_and_faults_have_lines(lianxin, tmp_path):
    file = tmp_path / "customers.csv"
    file.write_bytes(CUSTOMERS.encode("gbk"))
    tried = lianxin("customers", "import", file, "--dry-run")
    assert tried.returncode == 1
    assert "Nothing was written. Would be: 2 added, 0 changed, 0 unchanged, 2 faulty." in tried.stdout
    first = lianxin("customers", "import", file, "--report", tmp_path / "faults.csv")
    assert "2 added, 0 changed, 0 unchanged, 2 faulty." in first.stdout
    report = (tmp_path / "faults.csv").read_text("utf-8-sig")
    assert "4,customer number '12'" in report
    assert "5,balance 'abc'" in report
    file.write_bytes(CUSTOMERS.replace("86.35", "80.00").encode("utf-8-sig"))
    assert "0 added, 1 changed, 1 unchanged, 2 faulty." in lianxin("customers", "import", file).stdout


def test_a_file_without_the_columns_is_refused_by_name(refused, tmp_path):
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n", "utf-8")
    assert "other.csv" in refused("customers", "import", file)


def test_an_outage_is_noted_listed_and_ended(lianxin, refused):
    assert lianxin("outage", "add", "城区", "--area", "解放路", "--back", "23:59").stdout == "Outage 1 is noted.\n"
    assert "解放路" in lianxin("outage", "list").stdout
    assert "Outage 1 in 城区 ended" in lianxin("outage", "end", "1").stdout
    assert "解放路" not in lianxin("outage", "list").stdout
    assert "火星" in refused("outage", "add", "火星")
    assert "there is no outage 7" in refused("outage", "end", "7")
    assert "noon" in refused("outage", "add", "城区", "--back", "noon")


def test_a_district_gets_a_key_that_no_other_meaning_has(lianxin, refused):
    assert "District 4 is 东城 (urban)" in lianxin("district", "set", "4", "东城").stdout
    assert "东城" in lianxin("district", "list").stdout
    assert "1 to 7" in refused("district", "set", "8", "西城")
    assert "District 4 东城 is gone." in lianxin("district", "remove", "4").stdout


def test_a_case_that_there_is_not_is_named(lianxin, refused):
    lianxin("district", "set", "4", "东城")
    assert "there is no case 100001" in refused("case", "show", "100001")
    assert "there is no case 100001" in refused("case", "move", "100001", "dispatched")
