{{/*
The pod of a service, for its Deployment or Rollout. Takes (dict "root" $ "name" "backend").
A pod that is told to stop drains by itself, so that no shell and no preStop.sleep (Kubernetes 1.30) is needed: the services on SIGTERM
(Drain:Seconds), nginx by answering the preStop request late (deploy/nginx). What has begun has 25 s more.
*/}}
{{- define "pcbench.pod" -}}
{{- $values := index .root.Values (include "pcbench.key" .name) -}}
{{- $image := index .root.Values.images (include "pcbench.key" .name) -}}
{{- $isNginx := eq .name "frontend" -}}
metadata:
  labels:
    {{- include "pcbench.selector" . | nindent 4 }}
    {{- include "pcbench.labels" .root | nindent 4 }}
  annotations:
    {{- include "pcbench.annotations" .root | nindent 4 }}
    {{- if not $isNginx }}
    checksum/settings: {{ include "pcbench.settings" . | sha256sum }}
    {{- end }}
    prometheus.io/scrape: "true"
    prometheus.io/port: "9090"
    prometheus.io/path: /metrics
spec:
  serviceAccountName: {{ .name }}
  {{- include "pcbench.podSecurity" (dict "uid" 1654) | nindent 2 }}
  {{- include "pcbench.pullSecrets" .root | nindent 2 }}
  terminationGracePeriodSeconds: {{ ternary 30 (add 30 ($values.drainSeconds | default 0)) $isNginx }}
  {{- with .root.Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- if eq .name "ml-service" }}
  {{- include "pcbench.nodes" $values | nindent 2 }}
  {{- end }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "pcbench.selector" . | nindent 10 }}
  {{- if and (eq .name "backend") (or .root.Values.postgres.enabled .root.Values.cloudNativePg.enabled) }}
  # The database may come up with it, empty: wait for it, and migrate it if nobody has. Several may at once; one does.
  initContainers:
    - name: schema
      image: {{ include "pcbench.image" $image }}
      args: [migrate, --wait, {{ .root.Values.migrations.waitSeconds | quote }}]
      {{- include "pcbench.containerSecurity" . | nindent 6 }}
      env:
        {{- include "pcbench.secretEnv" (dict "name" "Data__Postgres" "secret" .root.Values.secrets.database "key" "connection") | nindent 8 }}
        {{- include "pcbench.secretEnv" (dict "name" "Redis__Configuration" "secret" .root.Values.secrets.redis "key" "configuration") | nindent 8 }}
      resources:
        {{- toYaml $values.resources | nindent 8 }}
  {{- end }}
  containers:
    - name: {{ .name }}
      image: {{ include "pcbench.image" $image }}
      imagePullPolicy: IfNotPresent
      {{- include "pcbench.containerSecurity" . | nindent 6 }}
      ports:
        - { name: http, containerPort: 8080, protocol: TCP }
        - { name: metrics, containerPort: 9090, protocol: TCP }
      {{- if not $isNginx }}
      envFrom:
        - configMapRef: { name: {{ .name }} }
      {{- end }}
      {{- if eq .name "backend" }}
      env:
        {{- include "pcbench.backendSecrets" .root | nindent 8 }}
      {{- else if eq .name "ml-service" }}
      env:
        {{- include "pcbench.s3Secrets" .root | nindent 8 }}
        {{- include "pcbench.secretEnv" (dict "name" "Ml__SigningKey" "secret" .root.Values.secrets.models "key" "signing-key" "optional" true) | nindent 8 }}
      {{- end }}
      {{- if $isNginx }}
      lifecycle:
        preStop:
          httpGet: { path: /drain, port: 8081 }
      {{- end }}
      startupProbe:
        httpGet: { path: /health/startup, port: http }
        periodSeconds: 1
        timeoutSeconds: 2
        failureThreshold: {{ ternary 300 120 (eq .name "ml-service") }}
      readinessProbe:
        httpGet: { path: /health/ready, port: http }
        periodSeconds: 5
        timeoutSeconds: 10 # on a node that is short of processor answers come late; without that pod they would not come at all
        failureThreshold: 3
      livenessProbe:
        httpGet: { path: /health/live, port: http }
        periodSeconds: 10
        timeoutSeconds: 10
        failureThreshold: 6
      resources:
        {{- toYaml $values.resources | nindent 8 }}
      volumeMounts:
        - { name: tmp, mountPath: /tmp }
        {{- if $isNginx }}
        - { name: contour, mountPath: /etc/pcbench/contour, readOnly: true }
        {{- end }}
  volumes:
    {{- if $isNginx }}
    - name: contour
      configMap: { name: frontend }
    {{- end }}
    - name: tmp
      emptyDir: { sizeLimit: 256Mi }
{{- end }}

{{/* Documents and models are in the same bucket. */}}
{{- define "pcbench.s3Secrets" -}}
{{ include "pcbench.secretEnv" (dict "name" "Blobs__S3__AccessKey" "secret" .Values.secrets.s3 "key" "access-key") }}
{{ include "pcbench.secretEnv" (dict "name" "Blobs__S3__SecretKey" "secret" .Values.secrets.s3 "key" "secret-key") }}
{{- end }}

{{- define "pcbench.backendSecrets" -}}
{{- $secrets := .Values.secrets -}}
{{ include "pcbench.secretEnv" (dict "name" "Data__Postgres" "secret" $secrets.database "key" "connection") }}
{{ include "pcbench.secretEnv" (dict "name" "Redis__Configuration" "secret" $secrets.redis "key" "configuration") }}
{{ include "pcbench.s3Secrets" . }}
{{ include "pcbench.secretEnv" (dict "name" "Limits__HashKey" "secret" $secrets.limits "key" "hash-key" "optional" true) }}
{{- if ne .Values.access.mode "Public" }}
{{ include "pcbench.secretEnv" (dict "name" "Access__DeveloperKeys" "secret" $secrets.access "key" "developer-keys") }}
{{ include "pcbench.secretEnv" (dict "name" "Access__InvitedKeys" "secret" $secrets.access "key" "invited-keys" "optional" true) }}
{{- end }}
{{- end }}

{{/* Settings of a service that are no secrets: its ConfigMap. */}}
{{- define "pcbench.settings" -}}
{{- $values := index .root.Values (include "pcbench.key" .name) -}}
{{- $settings := dict
  "ASPNETCORE_HTTP_PORTS" "8080"
  "DOTNET_EnableDiagnostics" "0"
  "DOTNET_TieredPGO" "0"
  "Telemetry__Contour" .root.Values.contour
  "Telemetry__MetricsPort" "9090"
  "Blobs__S3__Endpoint" .root.Values.s3.endpoint
  "Blobs__S3__Region" .root.Values.s3.region
  "Blobs__S3__Bucket" .root.Values.s3.bucket
  "Drain__Seconds" (toString $values.drainSeconds) -}}
{{- with .root.Values.telemetry.otlpEndpoint }}{{ $_ := set $settings "OTEL_EXPORTER_OTLP_ENDPOINT" . }}{{ end -}}
{{- if eq .name "backend" -}}
{{- $limits := .root.Values.limits -}}
{{- $settings = merge (dict
  "Ml__Url" "http://ml-service:8080"
  "Access__Mode" .root.Values.access.mode
  "Limits__SubmissionsPerKey" (toString $limits.submissionsPerKey)
  "Limits__SubmissionsPerAddress" (toString $limits.submissionsPerAddress)
  "Limits__ReadsPerAddress" (toString $limits.readsPerAddress)
  "Limits__TrustedProxies" (join "," $limits.trustedProxies)) $settings -}}
{{- end -}}
{{- range $key, $value := merge (dict) $values.env $settings }}
{{ $key }}: {{ $value | toString | quote }}
{{- end }}
{{- end }}
