using k8s.Models;

namespace Gateway.Architecture.Tests;

/// <summary>KEDA's objects of <c>keda.sh/v1alpha1</c> with the fields of its schemas (config/crd/bases of kedacore/keda) that a scaled
/// Deployment may have.</summary>
public static class Keda
{
    public static Dictionary<string, Type> Types { get; } = new()
    {
        ["keda.sh/v1alpha1/ScaledObject"] = typeof(ScaledObject),
        ["keda.sh/v1alpha1/TriggerAuthentication"] = typeof(TriggerAuthentication),
    };

    /// <summary>Metadata that a trigger of a type reads; KEDA ignores others without a word.</summary>
    public static Dictionary<string, string[]> Metadata { get; } = new()
    {
        ["postgresql"] = [
            "query", "targetQueryValue", "activationTargetQueryValue", "connectionFromEnv", "host", "port", "userName", "dbName", "sslmode",
            "passwordFromEnv"],
        ["cron"] = ["timezone", "start", "end", "desiredReplicas"],
    };

    public sealed record ScaledObject
    {
        public string? ApiVersion { get; init; }
        public string? Kind { get; init; }
        public V1ObjectMeta? Metadata { get; init; }
        public ScaledObjectSpec? Spec { get; init; }
    }

    public sealed record ScaledObjectSpec
    {
        public ScaleTarget? ScaleTargetRef { get; init; }
        public int? PollingInterval { get; init; }
        public int? CooldownPeriod { get; init; }
        public int? InitialCooldownPeriod { get; init; }
        public int? IdleReplicaCount { get; init; }
        public int? MinReplicaCount { get; init; }
        public int? MaxReplicaCount { get; init; }
        public Fallback? Fallback { get; init; }
        public List<ScaleTrigger> Triggers { get; init; } = [];
    }

    public sealed record ScaleTarget
    {
        public string? ApiVersion { get; init; }
        public string? Kind { get; init; }
        public string? Name { get; init; }
        public string? EnvSourceContainerName { get; init; }
    }

    public sealed record Fallback
    {
        public int? FailureThreshold { get; init; }
        public int? Replicas { get; init; }
        public string? Behavior { get; init; }
    }

    public sealed record ScaleTrigger
    {
        public string? Type { get; init; }
        public string? Name { get; init; }
        public string? MetricType { get; init; }
        public bool? UseCachedMetrics { get; init; }
        public Dictionary<string, string> Metadata { get; init; } = [];
        public AuthenticationRef? AuthenticationRef { get; init; }
    }

    public sealed record AuthenticationRef
    {
        public string? Name { get; init; }
        public string? Kind { get; init; }
    }

    public sealed record TriggerAuthentication
    {
        public string? ApiVersion { get; init; }
        public string? Kind { get; init; }
        public V1ObjectMeta? Metadata { get; init; }
        public TriggerAuthenticationSpec? Spec { get; init; }
    }

    public sealed record TriggerAuthenticationSpec
    {
        public List<SecretTarget> SecretTargetRef { get; init; } = [];
    }

    public sealed record SecretTarget
    {
        public string? Parameter { get; init; }
        public string? Name { get; init; }
        public string? Key { get; init; }
    }
}
