using CsCheck;
using Gateway.Portal.DicomWeb;
using Gateway.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Portal.Tests;

public class SearchRequestTests
{
    private static readonly Gen<string> Name = Gen.OneOf(
        OneOf([.. QueryKey.All.Select(key => key.Keyword), .. QueryKey.All.Select(key => DicomJson.Name(key.Tag)),
            "includefield", "limit", "offset", "fuzzymatching", "accept", "00400275.00400009"]),
        Gen.String[0, 12]);

    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.String[0, 20],
        OneOf([.. "0123456789-.*?,\\%_[]^=aZé山 "]).Array[0, 20].Select(letters => new string(letters)),
        OneOf("20260101", "20260101-", "-20260101-", "1.2.3", "10-11", "all", "00100010", "99999999999", "true", "*"));

    [Fact]
    public void Whatever_is_asked_is_a_search_within_limits_or_refused_by_name() =>
        Gen.Select(Gen.Enum<QueryLevel>(), Gen.Select(Name, Value).Array[0, 6]).Sample((level, parameters) =>
        {
            var query = new QueryCollection(
                QueryHelpers.ParseQuery(string.Join('&', parameters.Select(p => Escaped(p.Item1) + "=" + Escaped(p.Item2)))));
            var errors = new Dictionary<string, string[]>();

            var request = SearchRequest.Read(level, query, errors);

            Assert.Empty(errors.Keys.Except(query.Keys));
            Assert.InRange(request.Limit, 0, SearchRequest.MostResults);
            Assert.True(request.Offset >= 0);
            Assert.Equal(request.Keys.Count, request.Keys.Select(match => match.Key).Distinct().Count());
            Assert.All(request.Keys, match => Assert.True(match.Key.Level <= level && (match.Values.Count > 0 || match.From != match.To
                || match.From is not null)));
            Assert.All(request.Keys.Where(match => match.Key.Kind == KeyKind.Number), match => _ = match.Number);
        });

    [Fact]
    public void The_conformance_statement_names_the_attributes_that_can_be_asked_for()
    {
        var statement = File.ReadAllText(Path.Combine(Repository.Root, "docs", "dicom-conformance.md"));
        var section = statement.Split("#### 4.5.1")[1].Split("#### ")[0];

        var told = from line in section.Split('\n')
                   where line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| attribute", StringComparison.Ordinal)
                   let cells = line.Trim('|', ' ').Split(" | ")
                   from keyword in cells[0].Split(", ")
                   select $"{keyword} {cells[2]}";

        Assert.Equal(
            QueryKey.All.Select(key => $"{key.Keyword} {key.Level}".ToLowerInvariant()).Order(StringComparer.Ordinal),
            told.Select(line => line.ToLowerInvariant()).Order(StringComparer.Ordinal));
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
