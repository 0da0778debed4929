"""What axe-core finds on a page, held against WCAG 2.2 AA."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
LOOK = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"], preload: false});
  return found.violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) =>
    `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}"""


def serious(page: Page) -> list[str]:
    """What is serious or worse on the page as it stands, each with its address."""
    page.evaluate(AXE.read_text("utf-8"))
    return [f"{page.url} {trouble}" for trouble in page.evaluate(LOOK)]
