# %% [markdown]
# # A corpus in a table
#
# Documents that lie in a table rather than in files: mentions as rows, counts that add up, and a report folder. Each
# cell runs by itself in a notebook that knows `# %%`; `python corpus_in_a_table.py` runs all of them.

# %%
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

import tongwen

documents = pa.table(
    {
        "id": ["2016/law", "2017/notice", "2021/report", "2022/order"],
        "date": ["2016-11-07", "2017-05-31", "2021-09-01", "2022-05-06"],
        "text": [
            "为了保障网络安全，制定《中华人民共和国网络安全法》。本法自2017年6月1日起施行。",
            "根据《网络安全法》第二十一条，网络运营者应当履行网络安全保护义务。违反该条的，处一万元以上十万元以下罚款。",
            "《数据安全法》和《网络安全法》规定，数据处理者应当履行数据安全保护义务。",
            "On May 5, 2022, the Cybersecurity Law of the People's Republic of China applied to data processors.",
        ],
    }
)

# %% [markdown]
# ## Mentions
#
# A row for each mention. The table is Arrow, so pandas, polars and DuckDB take it without a copy.

# %%
mentions = pa.table(tongwen.extract_batch(documents))
laws = mentions.filter(pc.equal(mentions["kind"], "law"))
print(laws.group_by("value").aggregate([("id", "count_distinct")]).to_pylist())

# %% [markdown]
# ## Counts that add up
#
# Counts of parts of a corpus are rows; grouped by name and summed they are the counts of the whole.

# %%
halves = [tongwen.counts(documents.slice(0, 2), period="year"), tongwen.counts(documents.slice(2), period="year")]
counts = pa.table(tongwen.merge(halves))
print(counts.filter(pc.and_(pc.equal(counts["table"], "term"), pc.equal(counts["key"], "履行"))).to_pylist())

# %% [markdown]
# ## A report of parts
#
# Where the documents do not fit one machine, `tongwen.spark.report(df, out)` does the same: workers count, and parts
# are added up.

# %%
home = Path(tempfile.mkdtemp())
parts = pa.concat_tables([pa.table(tongwen.partials(documents.slice(at, 1))) for at in range(len(documents))])


def texts(ids):
    """The documents that examples come from, once more."""
    return documents.filter(pc.is_in(documents["id"], pa.array(ids)))


report = tongwen.report(parts, home / "parts", texts=texts)
whole = tongwen.report(tongwen.partials(documents), home / "whole", texts=texts)
same = all(report[name].equals(whole[name]) for name in whole.tables)
print(f"{len(report.tables)} tables,", "equal" if same else "different")
