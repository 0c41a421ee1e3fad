"""XLSForms: workbooks in which others write their questionnaires, read and written."""

from wangge.surveys.xlsform.apart import open_apart
from wangge.surveys.xlsform.opening import LARGEST, Workbook, open_workbook
from wangge.surveys.xlsform.reading import ReadForm, read_workbook
from wangge.surveys.xlsform.writing import write_form

__all__ = ["LARGEST", "ReadForm", "Workbook", "open_apart", "open_workbook", "read_workbook", "write_form"]
