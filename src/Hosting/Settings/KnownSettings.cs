using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>The keys that this process reads: a section, by its <c>const Section</c>, of every class of options
/// that is bound in it. A section
/// that ends in <c>:*</c> is each entry of a list.</summary>
internal sealed class KnownSettings
{
    private readonly ILookup<string, Type> _sections;

    public KnownSettings(IServiceCollection services) => _sections = services
        .Select(service => service.ServiceType)
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IConfigureOptions<>))
        .Select(type => type.GenericTypeArguments[0]).Distinct()
        .Select(options => (Section: options.GetField("Section")?.GetRawConstantValue() as string, Options: options))
        .Where(found => found.Section is not null)
        .ToLookup(found => found.Section!, found => found.Options, StringComparer.OrdinalIgnoreCase);

    /// <summary>A sentence for every key in our sections that nobody reads.</summary>
    public IEnumerable<string> Unknown(IConfiguration configuration) =>
        _sections.SelectMany(section => Unknown(configuration.GetSection(section.Key), [.. section])).Distinct();

    /// <summary>A sentence for a section that is none of ours nor of <paramref name="others"/>; null where it is.</summary>
    public string? UnknownSection(string name, IEnumerable<string> others)
    {
        var known = _sections.Select(section => section.Key.Split(':')[0]).Concat(others)
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return known.Contains(name, StringComparer.OrdinalIgnoreCase) ? null : Sentence(name, known);
    }

    private IEnumerable<string> Unknown(IConfigurationSection section, Type[] options)
    {
        var members = options.SelectMany(Members)
            .ToLookup(member => member.Name, member => member.PropertyType, StringComparer.OrdinalIgnoreCase);
        var below = _sections.Select(other => other.Key).Where(other => ConfigurationPath.GetParentPath(other) == section.Path)
            .Select(other => other.Split(':')[^1]);
        foreach (var key in section.GetChildren().Where(key => !_sections.Contains(key.Path)))
        {
            var told = members.Contains(key.Key)
                ? members[key.Key].SelectMany(type => Inside(key, type))
                : [Sentence(key.Path, members.Select(member => member.Key).Concat(below))];
            foreach (var sentence in told)
                yield return sentence;
        }
    }

    private IEnumerable<string> Inside(IConfigurationSection section, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (IsText(type) || type.Name.Contains("Dictionary", StringComparison.Ordinal))
            return [];
        if (!typeof(IEnumerable).IsAssignableFrom(type))
            return Unknown(section, [type]);
        var item = type.GenericTypeArguments[0];
        return IsText(item) ? [] : section.GetChildren().SelectMany(entry => Unknown(entry, [item, .. _sections[$"{section.Path}:*"]]));
    }

    private static bool IsText(Type type) => TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    // What the binder can set: a list without a setter it fills.
    private static IEnumerable<PropertyInfo> Members(Type options) => options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(
            member => member.CanWrite
                || (typeof(IEnumerable).IsAssignableFrom(member.PropertyType) && member.PropertyType != typeof(string)));

    /// <param name="siblings">Keys that are read where this one is.</param>
    private static string Sentence(string path, IEnumerable<string> siblings)
    {
        var key = path.Split(':')[^1];
        return $"There is no setting {path}. Is it {path[..^key.Length]}{siblings.MinBy(sibling => Distance(key.ToUpperInvariant(), sibling.ToUpperInvariant()))}?";
    }

    /// <summary>Letters to insert, drop or change until one word is the other (Levenshtein); of a part of the other, one.</summary>
    private static int Distance(string from, string to)
    {
        if (to.Contains(from, StringComparison.Ordinal))
            return Math.Min(1, to.Length - from.Length);
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= to.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
