using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.TrainingWorker.Training;

/// <summary>Recipes as files: JSON of <see cref="TrainingOptions"/>. Those in the folder <c>recipes</c> ship inside the program and have a
/// name.</summary>
public static class RecipeFile
{
    private const string Folder = "recipes/";

    // A misspelt option would silently have its default.
    private static readonly JsonSerializerOptions Json = new()
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Names of the shipped recipes.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(RecipeFile).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..]).Order(StringComparer.Ordinal)];

    /// <summary>A shipped recipe.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public static TrainingOptions Shipped(string name) => Parse(Text(name), name);

    /// <summary>A recipe by its name, or the file at a path.</summary>
    /// <param name="recipe">One of <see cref="Names"/>, or a path.</param>
    /// <returns>Its name, and the JSON.</returns>
    /// <exception cref="InvalidDataException">There is no such recipe.</exception>
    public static (string Name, string Text) Find(string recipe) =>
        File.Exists(recipe) ? (Path.GetFileNameWithoutExtension(recipe), File.ReadAllText(recipe)) : (recipe, Text(recipe));

    /// <param name="json">Training options; what is absent has its default.</param>
    /// <param name="name">What it is called in errors.</param>
    /// <exception cref="InvalidDataException">It cannot be read, or names an option that there is not.</exception>
    public static TrainingOptions Parse(string json, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingOptions>(json, Json)
                ?? throw new InvalidDataException($"The recipe {name} is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The recipe {name} cannot be read: {error.Message}", error);
        }
    }

    private static string Text(string name)
    {
        using var stream = typeof(RecipeFile).Assembly.GetManifestResourceStream(Folder + name)
            ?? throw new InvalidDataException($"There is no recipe {name}, and no such file; there are {string.Join(", ", Names)}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
