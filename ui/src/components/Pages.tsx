/** The pages of a list, with the names of its controls. `page` counts from 0, unlike Cloudscape's own. */
import Pagination from "@cloudscape-design/components/pagination";
import { useT } from "../i18n/context";

interface PagesProps {
  page: number;
  pages: number;
  disabled?: boolean;
  onPage: (page: number) => void;
}

export function Pages({ page, pages, disabled = false, onPage }: PagesProps) {
  const { t } = useT();
  return (
    <Pagination
      currentPageIndex={page + 1}
      pagesCount={pages}
      disabled={disabled}
      ariaLabels={{
        nextPageLabel: t("page-next"),
        previousPageLabel: t("page-previous"),
        paginationLabel: t("pages"),
        pageLabel: (number) => t("page-number", { number, all: pages }),
      }}
      onChange={({ detail }) => { onPage(detail.currentPageIndex - 1); }}
    />
  );
}
