using System.Text.RegularExpressions;
using Gateway.Testing;

namespace Gateway.Architecture.Tests;

/// <summary>Code that implements a standard says which part of it: each public member's docstring names one.</summary>
public partial class StandardReferenceTests
{
    /// <summary>The projects that keep this; one that is to be added is added here.</summary>
    public static TheoryData<string> Projects => ["Dicom", "DicomNetwork", "DicomListener"];

    [Theory, MemberData(nameof(Projects))]
    public void Every_public_member_names_its_part_of_the_standard(string project) =>
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", project), "*.cs", SearchOption.AllDirectories)
            .Where(
                path => !path.EndsWith(".Generated.cs", StringComparison.Ordinal) && !path.Split('/').Any(part => part is "obj" or "bin"))
            .SelectMany(path => Undocumented(File.ReadAllText(path)).Select(member => $"{Path.GetFileName(path)}: {member}")));

    [Fact]
    public void What_is_found_is_what_lacks_a_reference() => Assert.Equal(["public int B;"], Undocumented("""
        /// <summary>One (PS3.5 section 7.1).</summary>
        public sealed class C
        {
            /// <summary>Does not say it.</summary>
            public int B;

            /// <summary>Says it (PS3.3 section C.7.6.3).</summary>
            [Obsolete]
            public int A;

            /// <inheritdoc/>
            public override int Size => 1;

            public override string ToString() => "";

            internal int D;
        }
        """));

    /// <summary>Public members of public types without a docstring that names a part, or that takes one over.</summary>
    private static IEnumerable<string> Undocumented(string source) =>
        PublicType().IsMatch(source)
            ? Public().Matches(source).Where(member => !Reference().IsMatch(member.Groups["doc"].Value))
                .Select(member => member.Groups["member"].Value.Trim())
            : [];

    [GeneratedRegex(@"^public (?:\w+ )*(?:class|record|struct|interface|enum|delegate) ", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    /// <summary>A declaration with the docstring and the attributes above it; members of an enum or an interface do not say that they
    /// are public. Equality,
    /// order and text of an object are .NET's contract, not the standard's.</summary>
    [GeneratedRegex(@"(?<doc>(?:^[ ]*///.*\n)*)(?:^[ ]*\[.*\]\n)*"
            + @"(?<member>^(?:[ ]{4})?public (?!override |bool Equals|int CompareTo|static bool operator).*$"
            + @"|^[ ]{4}[A-Z]\w*(?: = \w+)?,$|^[ ]{4}ValueTask.*;$)", RegexOptions.Multiline)]
    private static partial Regex Public();

    [GeneratedRegex(@"\bPS3\.\d+ (?:section |annex |table |§)?[A-Z0-9]|<inheritdoc|<content>")]
    private static partial Regex Reference();
}
