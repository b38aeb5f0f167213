using System.Text.Json;
using System.Text.RegularExpressions;

using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>A person's order of a training job, checked.</summary>
internal static partial class TrainingOrderRequest
{
    /// <summary>The pair that is meant where none is named.</summary>
    public const string UsualPair = "t2-ct";

    public const int LongestRecipe = 64;

    /// <summary>From the page's form or a JSON body <c>{by, pair, recipe, options}</c>, <c>options</c> being an object, or one as text.
    /// Where a proxy authenticates, its word for who it is counts, and the body's does not.</summary>
    /// <param name="request">Its body is read.</param>
    /// <param name="auth">How people are known.</param>
    /// <param name="errors">What is wrong, by name.</param>
    public static async Task<TrainingOrder> ReadAsync(HttpRequest request, AuthOptions auth, Dictionary<string, string[]> errors)
    {
        var fields = await RequestFields.ReadAsync(request);
        var by = auth.Mode == AuthMode.Proxy ? request.Headers[auth.UserHeader].ToString() : fields.GetValueOrDefault("by");
        var (name, options, pair) =
            (fields.GetValueOrDefault("recipe"), fields.GetValueOrDefault("options"), fields.GetValueOrDefault("pair", UsualPair));
        if (!PairForm().IsMatch(pair))
            errors["pair"] = ["The first direction of a pair, such as t2-ct."];
        if (options is not null && RawJson.Parse(options) is not { ValueKind: JsonValueKind.Object })
            errors["options"] = ["A JSON object of training options."];
        if ((name is null or TrainingOrder.DefaultRecipe) != options is null)
            errors["recipe"] = ["A recipe of one's own has a name and options; without both, the trainer takes the one it is set to."];
        return new()
        {
            Pair = pair,
            Trigger = TrainingTrigger.Person,
            By = ReleaseRequest.Line("by", by, ModelAct.LongestBy, errors),
            RecipeName = name is null ? TrainingOrder.DefaultRecipe : ReleaseRequest.Line("recipe", name, LongestRecipe, errors),
            Recipe = options ?? "{}",
        };
    }

    [GeneratedRegex(@"^[a-z0-9]{1,16}-[a-z0-9]{1,16}\z")]
    private static partial Regex PairForm();
}
