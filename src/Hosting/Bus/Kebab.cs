using System.Text.RegularExpressions;

namespace Gateway.Hosting;

/// <summary>Type names as people and queues spell them: <c>TranslateSeries</c> becomes <c>translate-series</c>, <c>IOError</c> becomes
/// <c>io-error</c>.</summary>
public static partial class Kebab
{
    public static string Of(string pascalCase) => WordStart().Replace(pascalCase, "-$0").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])")]
    private static partial Regex WordStart();
}
